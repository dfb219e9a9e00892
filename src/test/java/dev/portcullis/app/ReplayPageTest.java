package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.Browser;
import dev.portcullis.testing.Reviews;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

/** Decisions that are judged again, in a real browser. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayPageTest {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: house}
            spec: {profile: none, mode: enforce, checks: {%s: {mode: enforce}}}
            """;
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202e";

    @RegisterExtension
    private final BrowsedConsole console =
            BrowsedConsole.deciding(POLICY.formatted("host-pid")).expecting("/api/v1/decisions/replay");

    private Browser browser;

    @BeforeAll
    void ask() throws Exception {
        ObjectNode pod = Reviews.object("{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop},"
                + " spec: {hostPID: true, containers: [{name: web}]}}");
        ((ObjectNode) pod.at("/spec/containers/0")).put("image", HOSTILE);
        ObjectNode review = Reviews.create(pod);
        ((ObjectNode) review.path("request")).put("uid", "one");
        assertThat(console.portcullis.post("/validate", review.toString()).body())
                .contains("\"allowed\":false");
        await().atMost(30, SECONDS)
                .until(() -> !console.client
                        .get("/api/v1/decisions")
                        .path("decisions")
                        .isEmpty());
        browser = console.browser;
    }

    private void judgeBy(String policy) {
        browser.run(
                "document.querySelector('.detail details').open = true;"
                        + " const t = document.querySelector('[id^=replay-policy-]'); t.value = arguments[0];"
                        + " t.dispatchEvent(new Event('input'));"
                        + " document.querySelector('.detail form button').click()",
                policy);
    }

    @Test
    void judgesADecisionAgain() {
        browser.go("/decisions?uid=one");
        browser.awaitText("Judge it again");
        browser.find("[id^=replay-now-]").click();
        browser.awaitText("What is found is the same.");

        judgeBy(POLICY.formatted("image-digest"));
        browser.awaitText("Found then, and not now (1)");
        assertThat(browser.text())
                .contains("Found now, and not then (1)", "spec.hostPID", "onerror=", "\\u202e")
                .doesNotContain("\u202e");
        assertThat(browser.number("document.querySelectorAll('main img').length"))
                .isZero();
        assertThat(browser.barriers()).isEmpty();
        browser.picture("replay");
        browser.dark(true);
        assertThat(browser.barriers()).isEmpty();
        browser.picture("replay-dark");
        browser.dark(false);
        browser.resize(360, 740);
        browser.go("/decisions?uid=one");
        browser.awaitText("Judge it again");
        judgeBy(POLICY.formatted("image-digest"));
        browser.awaitText("Found then, and not now (1)");
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
        browser.picture("replay-360");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysWhereACandidateIsWrong() {
        browser.go("/decisions?uid=one");
        browser.awaitText("Judge it again");
        judgeBy("kind: [");
        browser.awaitText("candidate:1:");
    }
}
