package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What is done at a console is kept, and told to who may know it. */
@Timeout(60)
class ConsoleAuditTest {
    private RunningServer portcullis;

    @BeforeEach
    void start() throws Exception {
        portcullis = RunningServer.deciding();
    }

    @AfterEach
    void stop() {
        portcullis.close();
    }

    @Test
    void theAuditKeepsWhoDidWhat() throws Exception {
        String token = Files.readString(portcullis.data.resolve("admin-token")).strip();
        ConsoleClient console = new ConsoleClient(portcullis);
        CookieClient browser = new CookieClient(portcullis);
        assertThat(browser.login(token).statusCode()).isEqualTo(204);
        browser.post("/api/v1/impact?source=history&secret=" + token, browser.csrf());
        browser.send(browser.request("/api/v1/impact?source=history")
                .headers(browser.csrf())
                .POST(BodyPublishers.ofString("kind: none")));
        browser.post("/api/v1/review", browser.csrf());
        console.post("/api/v1/settings/test?target=none", "");
        browser.login("wrong-secret-of-somebody");
        browser.post("/logout", browser.csrf());

        await().until(() ->
                console.get("/api/v1/audit?action=logout").path("entries").size() == 1);
        JsonNode entries = console.get("/api/v1/audit").path("entries");
        assertThat(ConsoleClient.each(entries, "action"))
                .containsExactly("logout", "refusal", "change", "change", "change", "login");
        assertThat(ConsoleClient.each(entries, "user"))
                .containsExactly("admin", "", "admin", "admin", "admin", "admin");
        assertThat(ConsoleClient.each(entries, "route"))
                .containsExactly(
                        "", "", "POST /api/v1/settings/test", "POST /api/v1/impact", "POST /api/v1/impact", "");
        assertThat(ConsoleClient.each(entries, "result").toList())
                .startsWith("", "this is not the admin token of the console", "404")
                .endsWith("400", "admin");
        assertThat(ConsoleClient.each(entries, "address")).containsOnly("127.0.0.1");
        assertThat(ConsoleClient.each(entries, "way")).containsOnly("token");
        assertThat(entries.toString()).doesNotContain(token, "wrong-secret-of-somebody");

        assertThat(console.get("/api/v1/audit?user=nobody").path("entries")).isEmpty();
        JsonNode page = console.get("/api/v1/audit?limit=4");
        assertThat(console.get("/api/v1/audit?cursor=" + page.path("next").stringValue())
                        .path("entries"))
                .hasSize(2);
        assertThat(console.ask("/api/v1/audit/export?format=csv&action=login").body())
                .contains("time,action,user,way,address,route,target,result", "\"login\",\"admin\"")
                .doesNotContain("logout");
        assertThat(console.ask("/api/v1/audit?action=none").statusCode()).isEqualTo(400);
        assertThat(console.ask("/api/v1/audit?cursor=none").statusCode()).isEqualTo(400);
        assertThat(console.ask("/api/v1/audit?from=%2B1000000000-12-31T23:59:59Z")
                        .statusCode())
                .isEqualTo(400);
        assertThat(new CookieClient(portcullis).get("/api/v1/audit").statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusalsAreKeptAsFarAsTheLogTellsThem() throws Exception {
        ConsoleClient console = new ConsoleClient(portcullis);
        for (int i = 0; i < 30; i++) {
            console.send(
                    HttpRequest.newBuilder(console.uri("/api/v1/me")).header("Authorization", "Bearer guess-" + i));
        }
        console.post("/api/v1/impact?source=none", "");
        await().until(() ->
                !console.get("/api/v1/audit?action=change").path("entries").isEmpty());
        assertThat(console.get("/api/v1/audit?action=refusal").path("entries").size())
                .isBetween(10, 13);
    }
}
