package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;

/** Lists that the server sorts, and reports that hold all there is, in a real browser. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPageTest {
    private static final String HOSTILE =
            "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script></td></table><style>*{display:none}</style>\u202e'&";

    private static final int MANY = 1_300;
    private static final int TOO_MANY = 10_010;

    @RegisterExtension
    private final BrowsedConsole console = BrowsedConsole.with("portcullis.cluster-name=c1");

    @BeforeAll
    void fill() throws Exception {
        console.history.replace(
                "c1",
                Stream.concat(
                                IntStream.range(0, MANY)
                                        .mapToObj(i -> state("shop", "web-%04d".formatted(i * 7 % MANY), finding(i))),
                                Stream.of(
                                        state(HOSTILE, HOSTILE, finding(HOSTILE)),
                                        state("calm", "clean"),
                                        state(
                                                "big",
                                                "zzz",
                                                Collections.nCopies(100, finding(1))
                                                        .toArray(WorkloadFinding[]::new))))
                        .toList(),
                List.of());
    }

    private static WorkloadState state(String namespace, String name, WorkloadFinding... findings) {
        Instant now = Instant.now();
        return new WorkloadState("c1", namespace, "Deployment", name, now, now, "v1", List.of(findings));
    }

    private static WorkloadFinding finding(int i) {
        JsonNode fix = JsonMapper.shared().readTree("[{\"op\":\"add\",\"path\":\"/spec/fixed\",\"value\":false}]");
        @Nullable String none = null;
        return new WorkloadFinding(
                i % 2 == 0 ? "privileged" : "host-pid",
                "fail",
                i % 2 == 0 ? "enforce" : "warn",
                i % 2 == 0 ? "critical" : "low",
                "default",
                "web",
                "spec.field",
                BooleanNode.TRUE,
                "is wrong",
                fix,
                none);
    }

    private static WorkloadFinding finding(String text) {
        return new WorkloadFinding(
                text, "fail", "enforce", "high", text, text, text, BooleanNode.TRUE, text, null, null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void sortsAllRowsNotThoseThatAreShown() {
        console.browser.go("/workloads");
        assertThat(console.browser.text()).doesNotContain("zzz");
        console.browser.run("document.getElementById('sort-failures').focus()");
        console.browser.find("#sort-failures").sendKeys(Keys.ENTER);
        console.browser.await(
                "location.search === '?sort=-failures' && document.querySelector('[aria-sort]') !== null");
        assertThat(console.browser.ask("document.activeElement.id")).isEqualTo("sort-failures");
        assertThat(console.browser.find("[aria-sort]").getDomAttribute("aria-sort"))
                .isEqualTo("descending");

        console.browser.find("#sort-name").click();
        console.browser.await("location.search === '?sort=name'");
        console.browser.await("document.querySelector('[aria-sort=ascending]') !== null");
        console.browser.find("#sort-name").click();
        console.browser.await(
                "location.search === '?sort=-name' && document.querySelector('tbody tr').innerText.includes('zzz')");
        console.browser.find(".foot button").click();
        console.browser.await("document.querySelectorAll('tbody tr').length === 200");
        assertThat(
                        console.browser.ask(
                                "[...document.querySelectorAll('tbody td:first-child a')].map(each => each.textContent).slice(1, 199).every((name, i, all) => i === 0 || all[i - 1] >= name)"))
                .isEqualTo(true);
        console.browser.go("/workloads?sort=-warnings");
        console.browser.awaitText("so far");

        console.showsToEverybody("/workloads?sort=severity&namespace=shop", "Worst", "workloads-sorted");
    }

    @Test
    void whoFailsACheckIsSortedAllOfThemToo() {
        console.browser.go("/check?id=host-pid&sort=mode");
        console.browser.awaitText("so far");
        console.browser.find("#sort-name").click();
        console.browser.await("location.search.endsWith('sort=name')");
        console.browser.await("document.querySelector('[aria-sort=ascending]') !== null");
        console.browser.find("#sort-name").click();
        console.browser.await(
                "location.search.endsWith('sort=-name') && document.querySelector('tbody tr').innerText.includes('zzz')");
        console.browser.find(".foot button").click();
        console.browser.await("document.querySelectorAll('tbody tr').length === 200");
        assertThat(console.browser.find(".exports a").getDomAttribute("href")).contains("sort=-name");

        console.showsToEverybody("/check?id=host-pid&sort=-lastChange", "so far", "check-sorted");
    }

    @Test
    void pagesBySeverityHaveEachWorkloadOnce() throws Exception {
        String cursor = "";
        int seen = 0;
        String last = "";
        while (cursor != null) {
            JsonNode page = console.client.get("/api/v1/workloads?limit=500&sort=-severity" + cursor);
            seen += page.path("workloads").size();
            last = page.path("workloads")
                    .path(page.path("workloads").size() - 1)
                    .toString();
            cursor = page.path("next").isNull()
                    ? null
                    : "&cursor=" + page.path("next").stringValue();
        }
        assertThat(seen).isEqualTo(MANY + 3);
        assertThat(last).contains("\"clean\"");
        HttpResponse<String> otherOrder = console.client.ask("/api/v1/workloads?sort=name&cursor="
                + console.client
                        .get("/api/v1/workloads?limit=1&sort=severity")
                        .path("next")
                        .stringValue());
        assertThat(ConsoleClient.json(otherOrder, 400).path("message").stringValue())
                .startsWith("cursor must be");
        assertThat(console.client.ask("/api/v1/workloads?sort=size").body()).contains("namespace, failures, severity");
    }

    @Test
    void aReportHasAllRowsOfANamespace() throws Exception {
        HttpResponse<String> report = console.client.ask("/api/v1/report?namespace=shop");

        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(Pattern.compile("<h3>Deployment web-").matcher(report.body()).results())
                .hasSize(MANY);
        assertThat(report.body())
                .contains("50 % of 1300 workloads would be let in: 650 would be denied, 650 have warnings")
                .contains("+ /spec/fixed: false", "spec.field: true")
                .doesNotContain("<script", "This has the first")
                .endsWith("</html>\n");

        console.browser.open("/api/v1/report?namespace=shop");
        console.browser.awaitText("web-1299");
        assertThat(console.browser.number("document.querySelectorAll('h3').length"))
                .isEqualTo(MANY);
        assertThat(console.browser.ask("getComputedStyle(document.querySelector('table')).borderCollapse"))
                .isEqualTo("collapse");
    }

    @Test
    void aReportOfACheckIsReachedFromItsPage() throws Exception {
        console.browser.go("/check?id=privileged");
        console.browser.awaitText("Report");
        String href = console.browser
                .ask(
                        "[...document.querySelectorAll('a')].find(each => each.textContent === 'Report').getAttribute('href')")
                .toString();
        assertThat(href).isEqualTo("/api/v1/report?check=privileged");

        String report = console.client.ask(href).body();
        assertThat(Pattern.compile("<h3>").matcher(report).results()).hasSize(MANY / 2);
        assertThat(report).contains("<th>privileged</th>").doesNotContain("host-pid");
        assertThat(ConsoleClient.json(console.client.ask("/api/v1/report?cluster=c1"), 400)
                        .path("message")
                        .stringValue())
                .contains("namespace or check");
    }

    @Test
    void hostileNamesStayTextInAReport() throws Exception {
        String path = "/api/v1/report?namespace=" + encoded(HOSTILE);
        assertThat(console.client.ask(path).body()).doesNotContain("\u202e", "<img", "<script", "<style>*");

        console.browser.open(path);
        console.browser.awaitText("onerror=");
        assertThat(console.browser.number("document.querySelectorAll('img, script').length"))
                .isZero();
        assertThat(console.browser.number("document.querySelectorAll('style').length"))
                .isEqualTo(1);
        assertThat(console.browser.ask("document.title").toString()).endsWith("Portcullis");
        assertThat(console.browser.find("h1").isDisplayed()).isTrue();
        assertThat(console.browser.barriers()).isEmpty();
        console.browser.picture("report-hostile");
    }

    @Test
    void aReportSaysWhereItEnds() throws Exception {
        console.history.replace(
                "c1",
                IntStream.range(0, TOO_MANY / 10)
                        .mapToObj(i -> state(
                                "capped",
                                "web-" + i,
                                Collections.nCopies(10, finding(1)).toArray(WorkloadFinding[]::new)))
                        .toList(),
                List.of());
        try {
            String report =
                    console.client.ask("/api/v1/report?namespace=capped").body();

            assertThat(report).contains("Of 10010 findings this has the first 10000.");
            assertThat(Pattern.compile("spec.field: true").matcher(report).results())
                    .hasSize(10_000);
            console.browser.open("/api/v1/report?namespace=capped");
            console.browser.awaitText("this has the first 10000");
        } finally {
            console.history.replace(
                    "c1",
                    List.of(),
                    IntStream.range(0, TOO_MANY / 10)
                            .mapToObj(i -> new WorkloadState.Key("capped", "Deployment", "web-" + i))
                            .toList());
        }
    }

    @Test
    void aReportIsReadOnAPhoneAndOnPaper() {
        console.browser.resize(360, 740);
        console.browser.open("/api/v1/report?namespace=big");
        console.browser.awaitText("zzz");
        assertThat(console.browser.number("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        assertThat(console.browser.barriers()).isEmpty();
        console.browser.resize(1280, 900);
        console.browser.print(true);
        console.browser.picture("report-printed");
        console.browser.print(false);
    }
}
