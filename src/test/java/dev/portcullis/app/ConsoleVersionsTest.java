package dev.portcullis.app;

import static dev.portcullis.app.ConsoleClient.each;
import static dev.portcullis.app.ConsoleClient.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.Browser;
import dev.portcullis.testing.Reviews;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Versions of the policies as they change in files: by the API, and in a real browser. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleVersionsTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202e";
    private static final String BEFORE = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: house}
            spec:
              profile: none
              mode: enforce
              exemptionNamespaces: [leaves]
              checks:
                host-pid: {mode: enforce}
                image-registry: {parameters: {allow: [a.example.com/*]}}
            """;
    private static final String AFTER = BEFORE.replace("host-pid: {mode: enforce}", "host-pid: {mode: warn}")
                    .replace("[a.example.com/*]", "[a.example.com/*, b.example.com/*]")
            + """
                privileged: {}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningExemption
            metadata: {name: leave, namespace: leaves}
            spec:
              subject: {platform: kubernetes, namespace: shop, kind: Deployment, name: web}
              checks: [host-pid]
              owner: sre@example.com
              reason: "%s"
              expiresAt: 2999-01-01T00:00:00Z
            """.formatted(HOSTILE.replace("\u202e", "\\u202e"));

    private RunningServer portcullis;
    private ConsoleClient console;
    private String first;
    private String second;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("house.yaml"), BEFORE);
        portcullis = RunningServer.deciding("portcullis.policy=" + folder);
        console = new ConsoleClient(portcullis);
        await().atMost(30, SECONDS).until(() -> versions().size() == 1);
        first = version();
        Files.writeString(file, AFTER);
        await().atMost(30, SECONDS).until(() -> versions().size() == 2);
        second = version();
    }

    @AfterAll
    void stop() {
        portcullis.close();
    }

    private List<String> versions() throws Exception {
        return each(console.get("/api/v1/policies/versions").path("versions"), "version")
                .toList();
    }

    private String version() throws Exception {
        return console.get("/api/v1/policies").path("version").stringValue();
    }

    @Test
    void keepsEachVersionWithItsDocuments() throws Exception {
        assertThat(versions()).containsExactly(second, first).doesNotHaveDuplicates();
        assertThat(console.get("/api/v1/policies/versions")
                        .at("/versions/0/source")
                        .stringValue())
                .contains("house.yaml");

        JsonNode one = console.get("/api/v1/policies/version?version=" + second);
        assertThat(one.path("whole").booleanValue()).isTrue();
        assertThat(one.at("/checks/house/host-pid/mode").stringValue()).isEqualTo("warn");
        // What is told can be tried again.
        String documents = one.path("documents").stringValue();
        JsonNode job = json(console.post("/api/v1/impact?source=history", documents), 202);
        assertThat(job.path("id").isString()).isTrue();
    }

    @Test
    void tellsEachDifferenceInASentenceAndAsADiff() throws Exception {
        JsonNode diff = console.get("/api/v1/policies/diff?from=" + first + "&to=" + second);

        assertThat(diff.path("changes")
                        .valueStream()
                        .map(each -> each.path("of").stringValue() + ", "
                                + each.path("check").asString("") + ": "
                                + each.path("sentence").stringValue()))
                .containsExactly(
                        "house, host-pid: mode is warn, was enforce; fix is suggested, was safe",
                        "house, image-registry: parameter allow is [\"a.example.com/*\",\"b.example.com/*\"], was"
                                + " [\"a.example.com/*\"]",
                        "house, privileged: is asked now, in mode enforce",
                        "HardeningExemption leaves/leave, : is new");
        assertThat(diff.path("text").stringValue())
                .contains(
                        "--- HardeningPolicy house\n+++ HardeningPolicy house\n",
                        "-      mode: enforce\n+      mode: warn\n");
        assertThat(diff.path("complete").booleanValue()).isTrue();
        assertThat(console.get("/api/v1/policies/diff?from=" + second + "&to=" + second)
                        .path("changes"))
                .isEmpty();
        assertThat(console.get("/api/v1/policies/diff?from=" + second + "&to=" + first)
                        .path("changes")
                        .toString())
                .contains("is not asked any more; its mode was enforce", "is gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "404 /api/v1/policies/version?version=none",
                "404 /api/v1/policies/diff?from=none&to=none",
                "400 /api/v1/policies/version",
                "400 /api/v1/policies/diff?from=none",
                "400 /api/v1/policies/versions?limit=1"
            })
    void saysWhatIsNotThere(String asked) throws Exception {
        String[] parts = asked.split(" ", 2);

        assertThat(console.ask(parts[1]).statusCode()).isEqualTo(Integer.parseInt(parts[0]));
    }

    @Test
    void triesAllOfAVersionThatWasInForce() throws Exception {
        ObjectNode review =
                Reviews.create(Reviews.object("{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop},"
                        + " spec: {hostPID: true, containers: [{name: web, image: 'a.example.com/web:1'}]}}"));
        ((ObjectNode) review.path("request")).put("uid", "one");
        assertThat(portcullis.post("/validate", review.toString()).body()).contains("\"allowed\":true");
        await().atMost(30, SECONDS)
                .until(() -> !console.get("/api/v1/decisions?uid=one")
                        .path("decisions")
                        .isEmpty());
        long seq =
                console.get("/api/v1/decisions?uid=one").at("/decisions/0/seq").longValue();
        String replay = "/api/v1/decisions/replay?seq=" + seq + "&version=";

        JsonNode again = json(console.post(replay + encoded(first), ""), 200);
        assertThat(again.at("/then/outcome").stringValue()).isEqualTo("warn");
        assertThat(again.at("/now/outcome").stringValue()).isEqualTo("deny");
        assertThat(again.at("/now/policies").stringValue()).isEqualTo(first);
        // What came later is not there: privileged is not asked, and there is no such exemption.
        assertThat(again.at("/changed/0/now/mode").stringValue()).isEqualTo("enforce");
        JsonNode same = json(console.post(replay + encoded(second), ""), 200);
        assertThat(same.at("/now/outcome").stringValue()).isEqualTo("warn");

        String impact = "/api/v1/impact?source=history&version=";
        String id =
                json(console.post(impact + encoded(first), ""), 202).path("id").stringValue();
        await().atMost(20, SECONDS)
                .until(() -> console.get("/api/v1/impact?id=" + id)
                        .path("state")
                        .stringValue()
                        .equals("done"));
        assertThat(console.get("/api/v1/impact?id=" + id)
                        .at("/impact/summary/denied")
                        .intValue())
                .isEqualTo(1);
        assertThat(console.post(impact + "none", "").statusCode()).isEqualTo(404);
        assertThat(json(console.post(impact + encoded(first), BEFORE), 400)
                        .path("message")
                        .stringValue())
                .contains("leave one of them out");
    }

    @Test
    void comparesTwoOnThePage() throws Exception {
        Browser.require();
        try (Browser browser = Browser.open(console.uri("/"))) {
            browser.send(
                    "Authorization",
                    "Bearer "
                            + Files.readString(portcullis.data.resolve("admin-token"))
                                    .strip());
            browser.go("/policies");
            browser.awaitText("Versions");
            browser.find("#compare").click();
            browser.awaitText("mode is warn, was enforce");
            assertThat(browser.address()).isEqualTo("/policies?from=" + encoded(first) + "&to=" + encoded(second));
            assertThat(browser.text()).contains("onerror=").doesNotContain("\u202e");
            assertThat(browser.number("document.querySelectorAll('main img').length"))
                    .isZero();
            assertThat(browser.barriers()).isEmpty();
            browser.picture("versions");
            browser.dark(true);
            assertThat(browser.barriers()).isEmpty();
            browser.picture("versions-dark");
            browser.dark(false);
            browser.resize(360, 740);
            assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
            browser.picture("versions-360");
            browser.resize(1280, 900);
            readsOneOfThem(browser);
            triesOneOfThem(browser);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void readsOneOfThem(Browser browser) throws Exception {
        browser.go("/policies");
        browser.awaitText("Versions");
        browser.find("#versions tbody a").click();
        browser.awaitText("Documents of " + second);
        assertThat(browser.address()).isEqualTo("/policies?version=" + encoded(second));
        String documents = console.get("/api/v1/policies/version?version=" + second)
                .path("documents")
                .stringValue();
        assertThat(documents).contains("kind: HardeningExemption").contains("onerror=");
        assertThat(browser.ask("document.querySelector('#documents pre').textContent"))
                .isEqualTo(documents);
        assertThat(browser.number("document.querySelectorAll('#documents pre *, main img').length"))
                .isZero();
        assertThat(browser.number("document.querySelectorAll('#documents button').length"))
                .isEqualTo(1);
        assertThat(browser.barriers()).isEmpty();
        browser.picture("version-documents");
        browser.resize(360, 740);
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
        browser.resize(1280, 900);
    }

    private void triesOneOfThem(Browser browser) {
        browser.go("/impact");
        browser.await("document.querySelectorAll('#version option').length === 3");
        browser.run(
                "const v = document.getElementById('version'); v.value = arguments[0];"
                        + " v.dispatchEvent(new Event('change'))",
                first);
        assertThat(browser.ask("document.getElementById('candidate').disabled")).isEqualTo(true);
        assertThat(browser.barriers()).isEmpty();
        browser.picture("impact-version");
        browser.find("main form button.primary").click();
        browser.awaitText("Tried on");
        browser.await("document.getElementById('version').selectedIndex > 0");
        assertThat(browser.ask("document.getElementById('candidate').disabled")).isEqualTo(true);
    }

    private static String encoded(String version) {
        return URLEncoder.encode(version, StandardCharsets.UTF_8);
    }
}
