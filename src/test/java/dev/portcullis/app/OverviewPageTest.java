package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.Batch;
import dev.portcullis.history.GateState;
import dev.portcullis.history.History;
import dev.portcullis.history.Past;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The posture over time and the gates, by the API and on the overview in a real browser. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewPageTest {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">\u202e";

    @RegisterExtension
    private final BrowsedConsole console = BrowsedConsole.with(
            "portcullis.cluster-name=c1",
            "portcullis.console.boards.money.title=" + HOSTILE,
            "portcullis.console.boards.money.namespaces=ba*",
            "portcullis.console.boards.money.severities=critical,high",
            "portcullis.console.boards.none.checks=host-pid");

    @BeforeAll
    void fill() throws Exception {
        Instant now = Instant.now();
        for (int hours = 30; hours >= 1; hours--) {
            run(console.history, 24, Math.min(20, hours));
            Past.stoodAt(console.history, now.minus(Duration.ofHours(hours)));
        }
        // The process itself may have written this hour down while that was made.
        Past.stoodAt(console.history, now);
    }

    private static void run(History history, int workloads, int violating) throws Exception {
        Instant now = Instant.now();
        history.replace(
                "c1",
                IntStream.range(0, workloads)
                        .mapToObj(i -> new WorkloadState(
                                "c1",
                                i % 2 == 0 ? "shop" : "bank",
                                "Deployment",
                                "web-" + i,
                                now,
                                now,
                                "v1",
                                List.of(finding(i < violating ? "enforce" : "warn"))))
                        .toList(),
                List.of());
    }

    private static WorkloadFinding finding(String mode) {
        @Nullable String none = null;
        return new WorkloadFinding(
                "privileged", "fail", mode, "high", "default", "web", "spec", null, "is wrong", null, none);
    }

    private void hear(String instance, String policies, @Nullable Instant ends, @Nullable Long micros)
            throws Exception {
        GateState gate = new GateState("c1", instance, "1.0.0", policies, ends, 12, micros, micros, 0, 0, false);
        console.history.take(
                new Batch(Instant.now(), 0, List.of(), JsonMapper.shared().valueToTree(gate)));
    }

    private JsonNode gate(String instance) throws Exception {
        return console.client
                .get("/api/v1/gates")
                .path("gates")
                .valueStream()
                .filter(each -> each.path("instance").asString("").equals(instance))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsThePostureOverTimeAndTheGates() throws Exception {
        Instant inAYear = Instant.now().plus(Duration.ofDays(365));
        String own = own().path("policies").stringValue();
        hear("gate-b", own, inAYear, 3_200L);
        hear("gate-c", own, inAYear, null);

        console.showsToEverybody("/", "Posture over time", "overview-posture");
        assertThat(console.browser.text())
                .contains("Would be denied", "Gates", "gate-b", "3 gates, all well")
                .containsPattern("Posture over time\\s*16 % → 95 %")
                .doesNotContain("fell silent");
        assertThat(console.browser.number("document.querySelectorAll('.plot canvas').length"))
                .isEqualTo(2);
        assertThat(console.browser
                        .find("a[href='/results?severity=high']")
                        .findElement(By.xpath("../.."))
                        .getText())
                .contains("high", "24");
        assertThat(console.browser.ask("document.querySelectorAll('.plot')[1].getAttribute('aria-label')"))
                .isEqualTo("Posture, last 24h: from 16 % to 95 % that would be let in");

        console.browser.run("document.getElementById('posture-over-time').open = true");
        console.browser.await("document.getElementById('posture-over-time').innerText.includes('95 %')");
        console.browser.go("/?range=7d");
        console.browser.awaitText("Posture over time");
        console.browser.picture("overview-posture-7d");
    }

    private JsonNode own() throws Exception {
        await().atMost(30, SECONDS)
                .until(() -> console.client
                        .get("/api/v1/gates")
                        .path("gates")
                        .valueStream()
                        .anyMatch(each -> each.path("instance").asString("").equals(Instance.name())));
        return gate(Instance.name());
    }

    @Test
    void boardsNarrowWhatIsShownAndTheirTitlesStayText() throws Exception {
        console.browser.go("/");
        console.browser.await("document.getElementById('boards') !== null");
        console.browser.find("#boards summary").click();
        console.browser.find("#boards a").click();
        console.browser.await("location.pathname === '/boards/money'");
        console.browser.awaitText("12 workloads");
        assertThat(console.browser.text())
                .contains("onerror=", "\\u202e", "ba*", "critical, high", "bank", "web-1")
                .doesNotContain("\u202e", "shop");
        assertThat(console.browser.number("document.querySelectorAll('main img, header img').length"))
                .isZero();
        console.showsToEverybody("/boards/money", "12 workloads", "board");
        // Small windows fold the pages' menu, and not this one.
        console.browser.find("#boards summary").click();
        console.browser.await("document.getElementById('to-board-money').offsetHeight > 0");
        console.browser.picture("board-menu-360");

        console.browser.resize(1280, 900);
        console.browser.go("/boards/none");
        console.browser.awaitText("No workload is like that.");
        assertThat(console.browser.text()).contains("100 %");
        console.browser.go("/workloads?board=money&namespace=shop");
        console.browser.awaitText("No workload is like that.");
        console.browser.go("/boards");
        console.browser.awaitText("Checks: host-pid");
    }

    @Test
    void warnsOfGatesThatDifferOrEndSoonAndLeavesTheirNamesText() throws Exception {
        JsonNode own = own();
        assertThat(own.path("problems").isEmpty()).isTrue();
        assertThat(Instant.parse(own.path("certificateEnds").stringValue()))
                .isAfter(Instant.now().plus(Duration.ofDays(300)));
        hear(HOSTILE, "other" + HOSTILE, Instant.now().plus(Duration.ofDays(13)), 1L);
        try {
            assertThat(gate(HOSTILE).path("problems").toString()).isEqualTo("[\"policies\",\"certificate\"]");
            assertThat(own().path("problems").toString()).isEqualTo("[\"policies\"]");

            console.browser.go("/");
            console.browser.awaitText("ends within 14 days");
            console.browser.awaitText("decide by different policies");
            assertThat(console.browser.text()).contains("onerror=", "\\u202e").doesNotContain("\u202e");
            assertThat(console.browser.number("document.querySelectorAll('main img').length"))
                    .isZero();
            assertThat(console.browser.barriers()).isEmpty();
            console.browser.picture("overview-gates-warned");
        } finally {
            GateState gone = new GateState("c1", HOSTILE, null, null, null, 0, null, null, 0, 0, true);
            console.history.take(
                    new Batch(Instant.now(), 0, List.of(), JsonMapper.shared().valueToTree(gone)));
        }
        assertThat(own().path("problems").isEmpty()).isTrue();
    }

    @Test
    void tellsThePostureOfANamespaceAndRefusesWhatIsTooLong() throws Exception {
        String from = "from=" + Instant.now().minus(Duration.ofDays(2));
        JsonNode all = console.client.get("/api/v1/posture?" + from).path("points");
        JsonNode shop = console.client
                .get("/api/v1/posture?" + from + "&namespace=shop")
                .path("points");

        assertThat(all.size()).isBetween(30, 31);
        assertThat(all.path(0).toString()).contains("\"workloads\":24,\"violating\":20,\"warned\":4", "\"high\":24");
        assertThat(shop.path(0).toString()).contains("\"workloads\":12,\"violating\":10,\"warned\":2");
        assertThat(console.client
                        .ask("/api/v1/posture?from=2020-01-01T00:00:00Z")
                        .body())
                .contains("92 days at most");
    }
}
