package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.app.tls.Authorities;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import dev.portcullis.testing.Browser;
import dev.portcullis.testing.Reviews;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Logins by a real identity provider, which was away when the console started. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcLoginTest {
    private static final String START = "/oauth2/authorization/oidc";

    @TempDir
    private static Path folder;

    private RunningServer portcullis;
    private IdentityProvider provider;
    private ClientKeys keys;
    private HttpResponse<String> whileAway;
    private int providerPort;

    @BeforeAll
    void start() throws Exception {
        int port = freePort();
        providerPort = freePort();
        keys = ClientKeys.ofServer(folder, "provider", "ip:127.0.0.1");
        Path secret = Files.writeString(folder.resolve("secret"), IdentityProvider.SECRET + "\n");
        portcullis = RunningServer.deciding(
                "portcullis.console.port=" + port,
                "portcullis.console.url=https://localhost:" + port,
                "portcullis.console.oidc.issuer=" + IdentityProvider.issuer(providerPort),
                "portcullis.console.oidc.client-secret-file=" + secret,
                "portcullis.console.oidc.ca=" + keys.certificate(),
                "portcullis.console.boards.money.namespaces=bank,bank-*",
                "portcullis.console.boards.all.title=All",
                "portcullis.console.boards.both.namespaces=sh*,bank",
                "portcullis.console.oidc.admin-groups=security",
                "portcullis.console.oidc.viewer-groups=auditors",
                "portcullis.console.oidc.group-namespaces.team-shop=shop,shop-dev");
        whileAway = new CookieClient(portcullis).get(START);
        provider = IdentityProvider.start(providerPort, keys, "https://localhost:" + port);
        Instant now = Instant.now();
        Objects.requireNonNull(portcullis.bean(Keeping.class).history())
                .replace("default", List.of(workload("bank", now), workload("shop", now)), List.of());
        await().until(() -> new CookieClient(portcullis).get(START).statusCode() == 302);
    }

    private static WorkloadState workload(String namespace, Instant now) {
        return new WorkloadState(
                "default", namespace, "Deployment", "web", now, now, "default", List.of(finding(namespace)));
    }

    private static WorkloadFinding finding(String namespace) {
        return new WorkloadFinding(
                "privileged",
                "fail",
                "enforce",
                "critical",
                "default",
                null,
                null,
                null,
                "of " + namespace,
                null,
                null);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void mend() {
        provider.mend();
    }

    @AfterAll
    void stop() {
        portcullis.close();
        provider.close();
    }

    /** Begins a login and gives where the provider sends somebody back. */
    private URI sentBack(CookieClient browser, String user) throws Exception {
        return sentBack(browser, user, START);
    }

    private URI sentBack(CookieClient browser, String user, String start) throws Exception {
        HttpResponse<String> begun = browser.get(start);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
        URI there = URI.create(begun.headers().firstValue("Location").orElseThrow());
        assertThat(there.getQuery())
                .contains("code_challenge=", "code_challenge_method=S256", "nonce=", "state=", "response_type=code");
        HttpResponse<String> known = atProvider(there, user);
        assertThat(known.statusCode()).as(known.body()).isEqualTo(302);
        return URI.create(known.headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> atProvider(URI there, String user) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(Authorities.in(keys.certificate()))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(there)
                            .header(IdentityProvider.USER, user)
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> login(CookieClient browser, String user) throws Exception {
        return browser.get(pathOf(sentBack(browser, user)));
    }

    private static String pathOf(URI back) {
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    private CookieClient loggedIn(String user) throws Exception {
        CookieClient browser = new CookieClient(portcullis);
        HttpResponse<String> answer = login(browser, user);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/");
        assertThat(browser.cookies).containsOnlyKeys(CookieClient.SESSION);
        return browser;
    }

    @Test
    void aProviderThatIsAwayStopsNeitherTheStartNorOtherLogins() throws Exception {
        assertThat(whileAway.statusCode()).isEqualTo(503);
        assertThat(CookieClient.message(whileAway))
                .contains(IdentityProvider.issuer(providerPort), "log in with a token");
        assertThat(new ConsoleClient(portcullis)
                        .get("/api/v1/me")
                        .path("logins")
                        .toString())
                .isEqualTo("[\"token\",\"oidc\"]");
    }

    @Test
    void groupsSayWhoMaySeeAndChangeWhat() throws Exception {
        CookieClient admin = loggedIn("ann");
        assertThat(admin.me().path("name").stringValue()).isEqualTo("ann@example.com?fake line");
        assertThat(admin.me().path("role").stringValue()).isEqualTo("admin");
        assertThat(admin.post("/api/v1/checks", admin.csrf()).statusCode()).isEqualTo(405);

        CookieClient viewer = loggedIn("vic");
        assertThat(viewer.me().path("role").stringValue()).isEqualTo("viewer");
        assertThat(viewer.me().path("namespaces").isNull()).isTrue();
        HttpResponse<String> change = viewer.post("/api/v1/checks", viewer.csrf());
        assertThat(change.statusCode()).isEqualTo(403);
        assertThat(CookieClient.message(change)).contains("needs the role admin");
        assertThat(namespaces(viewer, "/api/v1/workloads")).containsExactlyInAnyOrder("shop", "bank");
        JsonNode logins =
                ConsoleClient.json(viewer.get("/api/v1/settings"), 200).path("logins");
        assertThat(ConsoleClient.each(logins, "way")).containsExactly("admin token", "OpenID Connect");
        assertThat(logins.toString()).contains("admins: security").doesNotContain(IdentityProvider.SECRET);
        assertThat(viewer.post("/api/v1/settings/test?target=a", viewer.csrf()).statusCode())
                .isEqualTo(403);
        assertThat(admin.post("/api/v1/settings/test?target=a", admin.csrf()).statusCode())
                .isEqualTo(404);

        HttpResponse<String> none = login(new CookieClient(portcullis), "nil");
        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(CookieClient.message(none)).contains("in no group");
        assertThat(none.headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith(CookieClient.SESSION + "="));
    }

    @Test
    void aTeamSeesItsNamespaces() throws Exception {
        CookieClient team = loggedIn("tom");
        assertThat(team.me().path("namespaces").toString()).isEqualTo("[\"shop\",\"shop-dev\"]");
        assertThat(namespaces(team, "/api/v1/workloads")).containsExactly("shop");
        assertThat(namespaces(team, "/api/v1/workloads?namespace=bank")).isEmpty();
        assertThat(team.get("/api/v1/workload?namespace=bank&kind=Deployment&name=web")
                        .statusCode())
                .isEqualTo(404);
        assertThat(team.get("/api/v1/workload?kind=Deployment&name=web").statusCode())
                .isEqualTo(200);
        assertThat(team.get("/api/v1/settings").statusCode()).isEqualTo(403);
        assertThat(team.get("/api/v1/policies/versions").statusCode()).isEqualTo(403);
        assertThat(team.get("/api/v1/audit").statusCode()).isEqualTo(403);
        assertThat(team.get("/api/v1/audit/export").statusCode()).isEqualTo(403);
        assertThat(loggedIn("vic").get("/api/v1/policies/versions").statusCode())
                .isEqualTo(200);
        HttpResponse<String> unknown = team.get("/api/v1/nothing");
        assertThat(unknown.statusCode()).isEqualTo(403);
        assertThat(CookieClient.message(unknown)).contains("tells of all namespaces");
    }

    @Test
    void whatIsCountedForATeamIsItsOwn() throws Exception {
        CookieClient team = loggedIn("tom");
        JsonNode summary = ConsoleClient.json(team.get("/api/v1/summary"), 200);
        assertThat(ConsoleClient.each(summary.path("namespaces"), "namespace")).containsExactly("shop");
        assertThat(summary.path("checks").get(0).path("workloads").intValue()).isEqualTo(1);
        JsonNode results = ConsoleClient.json(team.get("/api/v1/results"), 200).path("results");
        assertThat(ConsoleClient.each(results, "message")).containsExactly("of shop");
        HttpResponse<String> checks = team.get("/api/v1/checks");
        assertThat(checks.body()).contains("of shop").doesNotContain("of bank");
        assertThat(loggedIn("vic").get("/api/v1/checks").body()).contains("of bank");
        for (String path : List.of("/api/v1/policies", "/api/v1/exemptions", "/api/v1/outages", "/api/v1/trends")) {
            assertThat(team.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void aBoardGivesNobodyASightOfMore() throws Exception {
        CookieClient team = loggedIn("tom");
        JsonNode boards = ConsoleClient.json(team.get("/api/v1/boards"), 200).path("boards");
        assertThat(ConsoleClient.each(boards, "name")).containsExactly("all", "both");
        assertThat(boards.toString()).doesNotContain("bank");
        for (String board : List.of("all", "both")) {
            assertThat(namespaces(team, "/api/v1/workloads?board=" + board)).containsExactly("shop");
            JsonNode summary = ConsoleClient.json(team.get("/api/v1/summary?board=" + board), 200);
            assertThat(ConsoleClient.each(summary.path("namespaces"), "namespace"))
                    .containsExactly("shop");
            assertThat(team.get("/api/v1/results?board=" + board).body())
                    .contains("of shop")
                    .doesNotContain("of bank");
        }
        HttpResponse<String> others = team.get("/api/v1/workloads?board=money");
        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(CookieClient.message(others))
                .isEqualTo(CookieClient.message(team.get("/api/v1/workloads?board=nothing")));

        CookieClient viewer = loggedIn("vic");
        assertThat(namespaces(viewer, "/api/v1/workloads?board=money")).containsExactly("bank");
        assertThat(namespaces(viewer, "/api/v1/workloads?board=both")).containsExactlyInAnyOrder("shop", "bank");
        assertThat(viewer.get("/api/v1/results/export?board=money").body())
                .contains("of bank")
                .doesNotContain("of shop");
    }

    @Test
    void decisionsOfOthersAreNotStreamedToATeam() throws Exception {
        CookieClient team = loggedIn("tom");
        HttpRequest.Builder request = team.request("/api/v1/decisions/stream")
                .header("Cookie", CookieClient.SESSION + "=" + team.cookies.get(CookieClient.SESSION));
        HttpResponse<Stream<String>> stream = portcullis.client.send(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = stream.body()) {
            Iterator<String> each = lines.iterator();
            assertThat(each.next()).startsWith(":");
            decide("bank", "of-bank");
            decide("shop", "of-shop");
            String line = each.next();
            while (!line.startsWith("data: ")) {
                line = each.next();
            }
            assertThat(line).contains("\"namespace\":\"shop\"");
        }
        JsonNode decisions =
                ConsoleClient.json(team.get("/api/v1/decisions"), 200).path("decisions");
        assertThat(ConsoleClient.each(decisions, "namespace")).isNotEmpty().containsOnly("shop");
        HttpResponse<String> export = team.get("/api/v1/decisions/export");
        assertThat(export.body()).contains("\"shop\"").doesNotContain("\"bank\"");
        JsonNode denials = ConsoleClient.json(team.get("/api/v1/denials"), 200).path("denials");
        assertThat(ConsoleClient.each(denials, "namespace")).containsExactly("shop");
    }

    @Test
    void aTeamJudgesItsOwnDecisionsAgainAndNoOther() throws Exception {
        decide("bank", "again-bank");
        decide("shop", "again-shop");
        ConsoleClient admin = new ConsoleClient(portcullis);
        await().until(() ->
                admin.get("/api/v1/decisions?uid=again-bank").path("decisions").size() == 1
                        && admin.get("/api/v1/decisions?uid=again-shop")
                                        .path("decisions")
                                        .size()
                                == 1);
        CookieClient team = loggedIn("tom");

        HttpResponse<String> own = replay(team, seq(admin, "again-shop"));
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        HttpResponse<String> others = replay(team, seq(admin, "again-bank"));
        assertThat(others.statusCode()).as(others.body()).isEqualTo(404);
        assertThat(CookieClient.message(others)).isEqualTo(CookieClient.message(replay(team, 999_999)));
        HttpResponse<String> version = replay(team, seq(admin, "again-shop") + "&version=any");
        assertThat(version.statusCode()).as(version.body()).isEqualTo(403);
        assertThat(replay(loggedIn("vic"), seq(admin, "again-bank")).statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> replay(CookieClient browser, long seq) throws Exception {
        return replay(browser, Long.toString(seq));
    }

    private static HttpResponse<String> replay(CookieClient browser, String seq) throws Exception {
        return browser.send(browser.request("/api/v1/decisions/replay?seq=" + seq)
                .headers(browser.csrf())
                .POST(BodyPublishers.noBody()));
    }

    private static long seq(ConsoleClient admin, String uid) throws Exception {
        return admin.get("/api/v1/decisions?uid=" + uid).at("/decisions/0/seq").longValue();
    }

    private void decide(String namespace, String uid) throws Exception {
        ObjectNode pod = Reviews.object("{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: " + namespace
                + "}, spec: {containers: [{name: web, image: 'web:1', securityContext: {privileged: true}}]}}");
        ObjectNode review = Reviews.create(pod);
        ((ObjectNode) review.path("request")).put("uid", uid).put("namespace", namespace);
        assertThat(portcullis.post("/validate", review.toString()).body()).contains("\"allowed\":false");
    }

    private static List<String> namespaces(CookieClient browser, String path) throws Exception {
        JsonNode workloads = ConsoleClient.json(browser.get(path), 200).path("workloads");
        return ConsoleClient.each(workloads, "namespace").toList();
    }

    @Test
    void logoutLeadsToTheProvidersOwn() throws Exception {
        CookieClient browser = loggedIn("vic");
        CookieClient other = loggedIn("vic");
        HttpResponse<String> left = browser.post("/logout", browser.csrf());

        URI there = URI.create(ConsoleClient.json(left, 200).path("location").stringValue());
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(there.toString())
                .startsWith(IdentityProvider.issuer(providerPort) + "/connect/logout?id_token_hint=");
        HttpResponse<String> gone = atProvider(there, "vic");
        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(302);
        assertThat(gone.headers().firstValue("Location"))
                .hasValue("https://localhost:" + portcullis.server.consolePort() + "/");
        await().untilAsserted(() -> {
            HttpResponse<String> audit = other.get("/api/v1/audit?action=logout&limit=1");
            assertThat(audit.body()).contains("\"vic@example.com?fake line\"", "\"oidc\"");
        });
    }

    @Test
    void aTokenOfAnotherIssuerForAnotherClientOrLoginIsRefused() throws Exception {
        provider.spoil(token -> token.getClaims().issuer("https://elsewhere.example.com"));
        refused(login(new CookieClient(portcullis), "ann"), "invalid_id_token");
        provider.spoil(token -> token.getClaims().audience(List.of("another")));
        refused(login(new CookieClient(portcullis), "ann"), "invalid_id_token");
        provider.spoil(token -> token.getClaims().claim("nonce", "of-another-login"));
        refused(login(new CookieClient(portcullis), "ann"), "invalid_nonce");
        provider.spoil(token -> token.getClaims()
                .expiresAt(Instant.now().minusSeconds(3_600))
                .issuedAt(Instant.now().minusSeconds(7_200)));
        refused(login(new CookieClient(portcullis), "ann"), "invalid_id_token");
    }

    private static void refused(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(CookieClient.message(answer)).contains(why).endsWith("log in again");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith(CookieClient.SESSION + "="));
    }

    @Test
    void aCodeIsGoodOnceForAWhileAndInTheBrowserThatAskedForIt() throws Exception {
        CookieClient late = new CookieClient(portcullis);
        URI back = sentBack(late, "ann");
        provider.expire(back.getQuery().replaceAll(".*code=([^&]*).*", "$1"));
        refused(late.get(pathOf(back)), "invalid_grant");

        URI stolen = sentBack(new CookieClient(portcullis), "ann");
        refused(new CookieClient(portcullis).get(pathOf(stolen)), "begun elsewhere");
        CookieClient another = new CookieClient(portcullis);
        sentBack(another, "vic");
        refused(another.get(pathOf(stolen)), "begun elsewhere");

        CookieClient browser = new CookieClient(portcullis);
        URI used = sentBack(browser, "ann");
        assertThat(browser.get(pathOf(used)).statusCode()).isEqualTo(303);
        refused(browser.get(pathOf(used)), "begun elsewhere");
    }

    @Test
    void whatTheProviderRefusesIsToldWithoutItsWords() throws Exception {
        CookieClient browser = new CookieClient(portcullis);
        HttpResponse<String> begun = browser.get(START);
        String state = URI.create(begun.headers().firstValue("Location").orElseThrow())
                .getQuery()
                .replaceAll(".*state=([^&]*).*", "$1");
        HttpResponse<String> answer =
                browser.get("/login/oauth2/code/oidc?error=%3Cb%3E&error_description=%3Cscript%3E&state="
                        + URLEncoder.encode(state, StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("<b>", "script");
        assertThat(browser.get("/oauth2/authorization/other").statusCode()).isEqualTo(401);
    }

    @Test
    void afterTheLoginTheBrowserIsWhereItWantedToBe() throws Exception {
        String wanted = "/workloads?namespace=shop&severity=high";
        CookieClient browser = new CookieClient(portcullis);
        URI back = sentBack(browser, "vic", START + "?next=" + encoded(wanted));
        // What comes back with the code is anybody's: what counts was said at the beginning.
        HttpResponse<String> answer = browser.get(pathOf(back) + "&next=%2Fchecks");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue(wanted);

        CookieClient lured = new CookieClient(portcullis);
        URI elsewhere = sentBack(lured, "vic", START + "?next=" + encoded("//evil.example.com/"));
        assertThat(lured.get(pathOf(elsewhere)).headers().firstValue("Location"))
                .hasValue("/");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aBrowserThatIsRefusedReadsWhyOnThePageWhereOneLogsIn() throws Exception {
        CookieClient browser = new CookieClient(portcullis);
        URI back = sentBack(browser, "nil", START + "?next=" + encoded("/checks?id=privileged"));
        String page = "&next=" + encoded("/checks?id=privileged");
        assertThat(shown(browser, pathOf(back))).isEqualTo("/login?refused=groups" + page);
        assertThat(browser.cookies).isEmpty();
        assertThat(shown(browser, pathOf(back))).isEqualTo("/login?refused=elsewhere&next=%2F");

        String state = sentBack(browser, "ann").getQuery().replaceAll(".*state=([^&]*).*", "$1");
        String denied = "/login/oauth2/code/oidc?error=access_denied&state=" + encoded(state);
        assertThat(shown(browser, denied)).isEqualTo("/login?refused=denied&next=%2F");

        provider.spoil(token -> token.getClaims().audience(List.of("another")));
        assertThat(shown(browser, pathOf(sentBack(browser, "ann")))).isEqualTo("/login?refused=unusable&next=%2F");
    }

    /** Where a browser is sent that opens a path. */
    private static String shown(CookieClient browser, String path) throws Exception {
        HttpResponse<String> answer =
                browser.send(browser.request(path).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void peopleLogInAndOutByTheProviderInABrowser() throws Exception {
        Browser.require();
        try (Browser browser = Browser.open(new CookieClient(portcullis).uri("/"))) {
            browser.send(IdentityProvider.USER, "nil");
            browser.go("/workloads?namespace=shop");
            browser.find("#by-provider").click();
            browser.awaitText("none of your groups may see this console");
            assertThat(browser.barriers()).isEmpty();
            browser.picture("login-refused");

            browser.send(IdentityProvider.USER, "tom");
            browser.find("#by-provider").click();
            browser.awaitText("Deployment");
            assertThat(browser.address()).isEqualTo("/workloads?namespace=shop");
            browser.await("document.getElementById('log-out') !== null");
            browser.find("#log-out").click();
            browser.await("location.pathname === '/login'");
            browser.settle();
            assertThat(browser.address()).isEqualTo("/login?next=%2F");
        }
    }

    @Test
    void pagesShowToEachWhatTheyMaySee() throws Exception {
        Browser.require();
        try (Browser browser = Browser.open(new CookieClient(portcullis).uri("/"))) {
            enter(browser, "tom");
            assertThat(browser.find("#to-Workloads").isDisplayed()).isTrue();
            for (String page : List.of("Docker-hosts", "Impact", "Settings")) {
                assertThat(browser.find("#to-" + page).isDisplayed()).as(page).isFalse();
            }
            for (String path : List.of("/settings", "/impact", "/hosts")) {
                browser.go(path);
                assertThat(browser.text())
                        .as(path)
                        .contains("You may not see this", "this tells of all namespaces, and tom")
                        .doesNotContain("Try now");
            }
            assertThat(browser.barriers()).isEmpty();
            browser.picture("not-to-be-seen");
            browser.find("#log-out").click();
            browser.await("location.pathname === '/login'");

            enter(browser, "vic");
            browser.find("#to-Impact").click();
            browser.awaitText("To try a policy needs the role admin");
            assertThat(browser.number("document.querySelectorAll('#candidate').length"))
                    .isZero();
        }
    }

    private static void enter(Browser browser, String user) {
        browser.send(IdentityProvider.USER, user);
        browser.go("/checks");
        browser.find("#by-provider").click();
        browser.awaitText("Containers are not privileged");
        browser.await("document.getElementById('log-out') !== null");
    }
}
