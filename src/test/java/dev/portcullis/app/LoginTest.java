package dev.portcullis.app;

import static dev.portcullis.app.CookieClient.SESSION;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sessions that begin with the admin token, over TLS. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginTest {
    private RunningServer portcullis;
    private ConsoleClient program;
    private String token;

    @BeforeAll
    void start() throws Exception {
        portcullis = RunningServer.deciding();
        program = new ConsoleClient(portcullis);
        token = Files.readString(portcullis.data.resolve("admin-token")).strip();
    }

    @AfterAll
    void stop() {
        portcullis.close();
    }

    private CookieClient loggedIn() throws Exception {
        CookieClient browser = new CookieClient(portcullis);
        assertThat(browser.login(token).statusCode()).isEqualTo(204);
        return browser;
    }

    @Test
    void aSessionBeginsByTheTokenAndIsKnownByACookieForThisHostAlone() throws Exception {
        CookieClient browser = new CookieClient(portcullis);
        HttpResponse<String> answer = browser.login(token);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.split("; "))
                        .hasSize(5)
                        .contains("Path=/", "Secure", "HttpOnly", "SameSite=Strict")
                        .anyMatch(part -> part.startsWith(SESSION + "=")));
        JsonNode me = browser.me();
        assertThat(me.path("name").stringValue()).isEqualTo("admin");
        assertThat(me.path("role").stringValue()).isEqualTo("admin");
        assertThat(me.path("namespaces").isNull()).isTrue();
        assertThat(me.path("csrf").path("header").stringValue()).isEqualTo("X-CSRF-TOKEN");
        assertThat(me.path("logins").toString()).isEqualTo("[\"token\"]");
        assertThat(browser.get("/api/v1/decisions").statusCode()).isEqualTo(200);
    }

    @Test
    void aProgramNeedsNoSessionAndIsGivenNone() throws Exception {
        HttpResponse<String> me = program.ask("/api/v1/me");

        assertThat(ConsoleClient.json(me, 200).path("csrf").isNull()).isTrue();
        assertThat(me.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(program.post("/api/v1/checks", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void nobodyIsToldHowToLogInAndGivenNoSession() throws Exception {
        HttpResponse<String> answer = new CookieClient(portcullis).get("/api/v1/me");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"portcullis\"");
        JsonNode error = JsonMapper.shared().readTree(answer.body());
        assertThat(error.path("logins").toString()).isEqualTo("[\"token\"]");
        assertThat(error.path("requestId").stringValue()).hasSize(16);
    }

    @Test
    void aLoginEndsTheSessionThatTheBrowserHad() throws Exception {
        CookieClient fixed = new CookieClient(portcullis);
        fixed.cookies.put(SESSION, "0123456789ABCDEF0123456789ABCDEF");
        fixed.login(token);
        assertThat(fixed.cookies.get(SESSION)).isNotEqualTo("0123456789ABCDEF0123456789ABCDEF");

        CookieClient thief = new CookieClient(portcullis);
        CookieClient browser = loggedIn();
        thief.cookies.putAll(browser.cookies);
        assertThat(thief.get("/api/v1/me").statusCode()).isEqualTo(200);
        browser.login(token);

        assertThat(browser.cookies.get(SESSION)).isNotEqualTo(thief.cookies.get(SESSION));
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(thief.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aChangeByCookieNeedsTheTokenOfItsSession() throws Exception {
        CookieClient browser = loggedIn();
        HttpResponse<String> without = browser.post("/api/v1/checks");
        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(CookieClient.message(without)).contains("/api/v1/me");

        String[] of = loggedIn().csrf();
        assertThat(browser.post("/api/v1/checks", of).statusCode()).isEqualTo(403);
        assertThat(browser.post("/api/v1/checks", "Authorization", "Basic eDp5").statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/api/v1/checks", browser.csrf()).statusCode()).isEqualTo(405);
    }

    @Test
    void aSessionDoesNotStandInForABearerTokenThatIsWrong() throws Exception {
        CookieClient browser = loggedIn();
        for (String shown : new String[] {"Bearer wrong", "Bearer ", "bearer", "Bearer \t"}) {
            int status = browser.post("/api/v1/checks", "Authorization", shown).statusCode();
            assertThat(status).as(shown).isIn(401, 403);
        }
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void logoutEndsTheSession() throws Exception {
        CookieClient browser = loggedIn();
        CookieClient copy = new CookieClient(portcullis);
        copy.cookies.putAll(browser.cookies);
        assertThat(browser.post("/logout").statusCode()).isEqualTo(403);
        assertThat(browser.post("/logout", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);

        assertThat(browser.post("/logout", browser.csrf()).statusCode()).isEqualTo(204);
        assertThat(browser.cookies).isEmpty();
        assertThat(copy.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(new CookieClient(portcullis).post("/logout").statusCode()).isEqualTo(204);
    }

    @Test
    void aLoginFromAnotherSiteOrWithATokenInTheAddressIsRefused() throws Exception {
        CookieClient browser = new CookieClient(portcullis);
        assertThat(browser.login(token, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(browser.login(token, "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/login?token=" + token).statusCode()).isEqualTo(400);
        assertThat(browser.post("/login").statusCode()).isEqualTo(400);
        assertThat(browser.login("").statusCode()).isEqualTo(400);
        assertThat(browser.send(browser.request("/login")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("token=" + "x".repeat(100_000))))
                        .statusCode())
                .isEqualTo(400);
        assertThat(browser.cookies).isEmpty();
        assertThat(browser.login(token, "Sec-Fetch-Site", "same-origin").statusCode())
                .isEqualTo(204);
    }

    @Test
    void thoseWhoTryTooOftenWait() throws Exception {
        try (RunningServer other = RunningServer.deciding()) {
            CookieClient browser = new CookieClient(other);
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> answer = browser.login("wrong" + i);
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(CookieClient.message(answer)).isEqualTo("this is not the admin token of the console");
            }
            HttpResponse<String> held = browser.login("wrong");
            assertThat(held.statusCode()).isEqualTo(429);
            assertThat(held.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 6L);
            String right = Files.readString(other.data.resolve("admin-token")).strip();
            assertThat(browser.login(right).statusCode()).isEqualTo(429);
            assertThat(new ConsoleClient(other).ask("/api/v1/me").statusCode()).isEqualTo(200);
            assertThat(other.metric("portcullis_console_logins_total{result=\"throttled\",way=\"token\"}"))
                    .isEqualTo(2);
        }
    }

    @Test
    void sessionsEndUnusedAndInAnyCase() throws Exception {
        try (RunningServer brief = RunningServer.deciding("portcullis.console.session.lifetime=2s")) {
            CookieClient browser = new CookieClient(brief);
            browser.login(Files.readString(brief.data.resolve("admin-token")).strip());
            assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
            await().atMost(20, SECONDS).until(() -> browser.get("/api/v1/me").statusCode() == 401);
        }
        try (RunningServer brief = RunningServer.deciding("portcullis.console.session.idle=1s")) {
            CookieClient browser = new CookieClient(brief);
            browser.login(Files.readString(brief.data.resolve("admin-token")).strip());
            assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
            await().pollDelay(Duration.ofMillis(1_500))
                    .pollInterval(Duration.ofSeconds(2))
                    .atMost(20, SECONDS)
                    .until(() -> browser.get("/api/v1/me").statusCode() == 401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/../api/v1/me",
                "/%61pi/v1/me",
                "/api;x=y/v1/me",
                "/api/v1/me;jsessionid=1",
                "//api/v1/me",
                "/./api/v1/me",
                "/API/v1/me",
                "/api%2fv1%2fme",
                "/api/v1/me%00",
                "/ui/../api/v1/decisions",
                "/login/../api/v1/me"
            })
    void noOtherSpellingOfAPathIsAnswered(String path) throws Exception {
        String answer = RunningServer.exchange(
                portcullis.consoleSocket(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|401|404) .*").doesNotContain("Set-Cookie", "\"role\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: __Host-portcullis=\u0001\u0002",
                "Cookie: __Host-portcullis=../../etc/passwd",
                "Cookie: __Host-portcullis=a; __Host-portcullis=b; ;;;=;",
                "Cookie: JSESSIONID=1",
                "Cookie: __Host-portcullis-login=x",
                "Authorization: Bearer \u00fc\u0085\u00ff",
                "Authorization: Bearer a\r\nAuthorization: Bearer b",
                "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http",
                "X-Forwarded-User: admin\r\nX-Remote-User: admin",
                "X-HTTP-Method-Override: GET",
                "Sec-Fetch-Site: \u0085"
            })
    void hostileHeadersAreNobody(String header) throws Exception {
        String answer = RunningServer.exchange(
                portcullis.consoleSocket(),
                "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|401) .*").doesNotContain("Set-Cookie");
    }

    @Test
    void whatIsNotBelowApiIsForEverybodyAndOtherPortsKnowNoLogin() throws Exception {
        CookieClient browser = new CookieClient(portcullis);
        assertThat(browser.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(browser.get("/login").statusCode()).isEqualTo(200);
        assertThat(browser.get("/api/v1/nothing").statusCode()).isEqualTo(401);
        assertThat(browser.get("/oauth2/authorization/oidc").statusCode()).isEqualTo(404);
        for (String path : new String[] {"/login", "/logout", "/api/v1/me"}) {
            HttpResponse<String> answer = portcullis.send(
                    portcullis.json(path, "token=" + token).setHeader("Authorization", "Bearer " + token));
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void theLogSaysWhoLoggedInAndNotWithWhat() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        root.addAppender(lines);
        try {
            CookieClient browser = loggedIn();
            String session = browser.cookies.get(SESSION);
            String[] csrf = browser.csrf();
            browser.post("/api/v1/checks", csrf);
            browser.login("wrong-secret-of-somebody");
            browser.post("/logout", browser.csrf());
            String written =
                    lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));

            assertThat(written)
                    .contains("admin logged in as admin by token from 127.0.0.1")
                    .contains("admin: POST /api/v1/checks: 405")
                    .contains("refused by token from 127.0.0.1")
                    .contains("admin logged out from 127.0.0.1")
                    .doesNotContain(token, session, csrf[1], "wrong-secret-of-somebody");
        } finally {
            root.detachAppender(lines);
        }
    }
}
