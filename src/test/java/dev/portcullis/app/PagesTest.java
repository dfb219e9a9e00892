package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.History;
import dev.portcullis.history.Past;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import dev.portcullis.testing.Browser;
import dev.portcullis.testing.Reviews;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** The console's pages in a real browser, with what a real API server asked. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesTest {
    private static final String POLICIES = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: house}
            spec:
              profile: hardened
              mode: warn
              checks:
                privileged: {mode: enforce}
                host-network: {mode: enforce}
                host-pid: {mode: enforce}
                host-path-volumes: {mode: enforce}
                run-as-non-root: {mode: enforce}
              exemptionNamespaces: [leaves]
              rules:
              - name: named
                mode: audit
                expression: object.metadata.name != ''
                message: "it must be named <img src=x onerror=\\"document.title='owned'\\">\\u202e\\u200b\\u061c"
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningExemption
            metadata: {name: node-exporter, namespace: leaves}
            spec:
              subject: {platform: kubernetes, namespace: monitoring, kind: DaemonSet, name: node-exporter}
              checks: [host-pid, host-network, host-path-volumes]
              owner: sre@example.com
              reason: reads what the host does
              expiresAt: 2999-01-01T00:00:00Z
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningExemption
            metadata: {name: old, namespace: leaves}
            spec:
              subject: {platform: kubernetes, namespace: shop, kind: Deployment, name: web}
              checks: [privileged]
              owner: sre@example.com
              reason: was needed once
              expiresAt: 2020-01-01T00:00:00Z
            """;

    private static final String HOST = """
            {"host": "builder-7", "policies": "built-in", "omitted": 3,
             "engine": [{"check": "live-restore", "result": "fail", "mode": "warn", "severity": "medium", "policy": "default",
                         "message": "live-restore is off; switch it on"}],
             "containers": [{"name": "ci", "findings": [
               {"check": "privileged", "result": "fail", "mode": "enforce", "severity": "critical", "policy": "default",
                "field": "HostConfig.Privileged", "value": true, "message": "HostConfig.Privileged is true; set it to false"}]}]}
            """;

    private static final String STRICTER = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: house}
            spec: {profile: hardened, mode: enforce, exemptionNamespaces: [leaves]}
            """;

    private static final Path PICTURE = Path.of("docs", "images", "overview.png");
    private static final String HOSTILE =
            "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>\u202e\u200b\u061c\"'&";

    /** Answers that are errors are what some of these tests ask for. */
    @RegisterExtension
    private final BrowsedConsole console = BrowsedConsole.deciding(POLICIES, "portcullis.cluster-name=c1")
            .expecting(
                    "status of 401",
                    "severity=worst",
                    "/api/v1/review?profile=restricted",
                    "/api/v1/impact?source=history",
                    "ERR_INTERNET_DISCONNECTED");

    private RunningServer portcullis;
    private History history;
    private Browser browser;

    @BeforeAll
    void fill() throws Exception {
        portcullis = console.portcullis;
        history = console.history;
        browser = console.browser;
        ConsoleData.fill(portcullis);
        for (int hours = 30; hours > 0; hours--) {
            Past.stoodAt(history, Instant.now().minus(Duration.ofHours(hours)));
        }
        assertThat(console.client
                        .send(console.client
                                .request("/api/v1/hosts")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(HOST)))
                        .statusCode())
                .isEqualTo(200);
    }

    private void review(String uid, String namespace, String name) throws Exception {
        ObjectNode pod = Reviews.object(
                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: web, image: 'web:1',"
                        + " securityContext: {privileged: true}}]}}");
        ((ObjectNode) pod.path("metadata")).put("name", name).put("namespace", namespace);
        ObjectNode review = Reviews.create(pod);
        ((ObjectNode) review.path("request")).put("uid", uid);
        assertThat(portcullis.post("/validate", review.toString()).body()).contains("\"allowed\":false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview / Namespaces",
                "workloads /workloads frontend",
                "results /results?namespace=monitoring host-pid",
                "workload /workload?cluster=c1&namespace=monitoring&kind=DaemonSet&name=node-exporter host-pid",
                "decisions /decisions CREATE",
                "denials /denials denied still",
                "checks /checks privileged",
                "check /check?id=host-path-volumes Where each platform says it",
                "rule /check?id=rules%2Fnamed it must be named",
                "policies /policies house",
                "exemptions /exemptions node-exporter",
                "hosts /hosts builder-7",
                "impact /impact in place of the one of its name",
                "try /try Judged as you type"
            })
    void showsEachPageWithItsDataToEverybody(String page) {
        String[] parts = page.split(" ", 3);
        console.showsToEverybody(parts[1], parts[2], parts[0]);
    }

    @Test
    void leadsFromAHostToItsContainer() {
        browser.go("/hosts");
        browser.find("[aria-label='Engine of builder-7']").click();
        browser.awaitText("live-restore is off; switch it on");
        browser.find("tbody a[href='/workloads?cluster=builder-7']").click();
        browser.await("location.pathname === '/workloads'");
        browser.settle();
        browser.find("tbody a[href^='/workload?']").click();
        browser.awaitText("HostConfig.Privileged is true; set it to false");
        assertThat(browser.address()).isEqualTo("/workload?cluster=builder-7&kind=Container&name=ci");
    }

    @Test
    void leadsFromADenialToTheDecisionsOfItsOwner() {
        browser.go("/denials");
        browser.find("tbody td.number a").click();
        browser.await("location.pathname === '/decisions'");
        browser.settle();
        assertThat(browser.address()).contains("cluster=c1", "ownerKind=", "owner=", "outcome=deny");
        assertThat(browser.number("document.querySelectorAll('tbody .badge.deny').length"))
                .isPositive();
    }

    @Test
    void showsHowAWorkloadIsMended() {
        browser.go("/workload?cluster=c1&namespace=monitoring&kind=DaemonSet&name=node-exporter");
        browser.awaitText("host-pid");
        assertThat(browser.find(".fix .diff").getText()).matches("(?s)[+−] /spec/template/spec/.*");
    }

    @Test
    void fillsALargeScreenAndPaintsSoon() {
        browser.resize(3840, 2160);
        browser.go("/");
        browser.awaitText("Namespaces");
        browser.picture("overview-4k");

        assertThat(browser.number("document.querySelector('main').clientWidth")).isGreaterThan(3000);
        Number painted = (Number) browser.ask("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        assertThat(painted.doubleValue()).isPositive().isLessThan(1_000);
    }

    @Test
    void tellsByTheKeyboardAloneWhereOneIs() {
        browser.go("/");
        browser.find("body").sendKeys(Keys.TAB);
        assertThat(browser.ask("document.activeElement.textContent")).isEqualTo("Skip to content");

        browser.run("document.getElementById('to-Checks').focus()");
        browser.find("#to-Checks").sendKeys(Keys.ENTER);
        browser.await("document.activeElement.tagName === 'H1' && document.activeElement.textContent === 'Checks'");
        assertThat(browser.ask("document.getElementById('said').textContent")).isEqualTo("Checks");
        assertThat(browser.find("#sort-severity").isDisplayed()).isTrue();
        browser.find("#sort-severity").sendKeys(Keys.ENTER);
        assertThat(browser.find("tbody tr").getText()).contains("critical");
    }

    @Test
    void printsAReportWithoutWhatIsToBeClicked() {
        browser.go("/check?id=host-path-volumes");
        browser.awaitText("longhorn-manager");
        browser.print(true);

        assertThat(browser.find("#bar").isDisplayed()).isFalse();
        assertThat(browser.find(".filters").isDisplayed()).isFalse();
        assertThat(browser.find("main table").isDisplayed()).isTrue();
        browser.picture("check-printed");
        browser.print(false);
    }

    /** Run with -Dportcullis.docs=rewrite to draw it anew. */
    @Test
    @Order(1)
    void isInThePictureOfItsPage() {
        browser.resize(1280, 860);
        browser.go("/");
        browser.awaitText("Namespaces");
        if ("rewrite".equals(System.getProperty("portcullis.docs"))) {
            browser.picture(PICTURE);
        }

        assertThat(PICTURE).isNotEmptyFile();
        assertThat(browser.number("document.querySelectorAll('.plot canvas').length"))
                .isEqualTo(2);
    }

    @Test
    void remembersColours() {
        browser.go("/");
        browser.find("#settings summary").click();
        choose("#setting-theme", "dark");
        choose("#setting-palette", "safe");
        browser.go("/checks");

        assertThat(browser.ask("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(14, 19, 26)");
        assertThat(browser.ask("getComputedStyle(document.documentElement).getPropertyValue('--deny-fill').trim()"))
                .isEqualTo("#d55e00");
        assertThat(browser.barriers()).isEmpty();
        browser.go("/");
        browser.awaitText("Namespaces");
        assertThat(browser.barriers()).isEmpty();
        browser.picture("overview-safe-dark");
        browser.run("localStorage.clear()");
    }

    private void choose(String selector, String value) {
        browser.run(
                "const s = document.querySelector(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change'))",
                selector,
                value);
        browser.settle();
    }

    @Test
    void judgesWhatIsWrittenAndShowsTheFix() {
        browser.go("/try");
        browser.awaitText("run-as-non-root");
        browser.find("#text").clear();
        browser.find("#text").sendKeys("services:\n  db:\n    image: postgres\n    privileged: true\n");
        browser.awaitText("ComposeService");
        browser.find("#text").clear();
        browser.find("#text")
                .sendKeys(
                        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"mine\"}, \"spec\": {\"containers\": [{\"name\": \"c\", \"image\": \"c:1\"}]}}");
        browser.awaitText("Pod mine");
        assertThat(browser.find("#verdict h2 .badge").getText()).isEqualTo("deny");
        assertThat(browser.text()).contains("+ /spec/containers/0/securityContext");
        browser.run(
                "[...document.querySelectorAll('#verdict button')].find(each => each.textContent === 'Copy as JSON Patch').click()");
        browser.awaitText("Copied");
        choose("#profile", "baseline");
        browser.await("location.search === '?profile=baseline'");
    }

    @Test
    void mendsADockerRunThatIsPasted() {
        browser.go("/try?profile=restricted");
        browser.awaitText("run-as-non-root");
        paste(
                "text",
                "docker run --privileged --name '<img src=x onerror=document.title=1>' -p 8080:80 \\\n  nginx:1.29");
        browser.awaitText("leave out --privileged");
        browser.awaitText("The command, mended");
        assertThat(String.valueOf(browser.ask("document.getElementById('mended').textContent")))
                .startsWith("docker run --name '<img src=x onerror=document.title=1>' -p 8080:80 \\\n  --")
                .contains("--cap-drop ALL")
                .endsWith("nginx:1.29");
        assertThat(browser.ask("document.querySelectorAll('#verdict img').length"))
                .isEqualTo(0L);
        assertThat(browser.barriers()).isEmpty();

        paste("text", "docker run --priviledged nginx");
        browser.awaitText("did you mean --privileged?");
        browser.run("sessionStorage.clear()");
    }

    private void paste(String id, String text) {
        browser.run(
                "const t = document.getElementById(arguments[0]); t.value = arguments[1]; t.dispatchEvent(new Event('input'))",
                id,
                text);
    }

    @Test
    void triesAPolicyOnWhatWasAsked() {
        browser.go("/impact");
        paste("candidate", STRICTER);
        browser.find("form button[type=submit]").click();
        browser.awaitText("Denied from then on");
        assertThat(browser.text()).containsPattern("Judged\\s+[1-9]");
        assertThat(browser.address()).startsWith("/impact?id=");
        browser.awaitText("frontend");
        assertThat(browser.barriers()).isEmpty();
        browser.picture("impact-of-a-policy");

        browser.run("document.getElementById('candidate').value = 'kind: [';");
        browser.find("form button[type=submit]").click();
        browser.await("document.getElementById('impact-problem').textContent.length > 0");
    }

    @Test
    void makesAnExemptionThatCanBeRead() throws Exception {
        browser.go("/workload?cluster=c1&namespace=monitoring&kind=DaemonSet&name=node-exporter");
        browser.awaitText("Make an exemption");
        browser.run(
                "[...document.querySelectorAll('a')].find(each => each.textContent === 'Make an exemption').click()");
        browser.await("document.getElementById('yaml') !== null");
        browser.find("#make-title").clear();
        browser.find("#make-title").sendKeys("exporter-again");
        browser.find("#make-owner").sendKeys("sre@example.com");
        browser.find("#make-reason").sendKeys("it says \"why\": because");
        String yaml = browser.find("#yaml").getText();

        ObjectNode made = Reviews.object(yaml);
        assertThat(made.at("/metadata/namespace").stringValue()).isEqualTo("leaves");
        assertThat(made.at("/spec/subject/name").stringValue()).isEqualTo("node-exporter");
        assertThat(made.at("/spec/checks").valueStream().map(each -> each.asString("")))
                .contains("host-pid", "host-network");
        assertThat(made.at("/spec/reason").stringValue()).isEqualTo("it says \"why\": because");
        Path file = Files.writeString(Objects.requireNonNull(console.policies).resolveSibling("made.yaml"), yaml);
        try {
            await().atMost(20, SECONDS)
                    .until(() -> new ConsoleClient(portcullis)
                                    .get("/api/v1/exemptions")
                                    .path("exemptions")
                                    .size()
                            == 3);
            browser.go("/exemptions?state=counts");
            browser.awaitText("it says \"why\": because");
            browser.picture("exemption-made");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void asksWhoeverIsNotLoggedInToLogIn() {
        browser.sendNothing();
        browser.go("/workloads?namespace=monitoring");

        assertThat(browser.address()).isEqualTo("/login?next=%2Fworkloads%3Fnamespace%3Dmonitoring");
        assertThat(browser.text()).contains("Log in").doesNotContain("node-exporter");
        assertThat(browser.barriers()).isEmpty();
        browser.picture("login");
    }

    @Test
    void logsInByTheTokenAndOutAgain() {
        browser.sendNothing();
        browser.go("/workloads?namespace=monitoring");
        browser.find("#token").sendKeys("not the token of anybody");
        browser.find("form button[type=submit]").click();
        browser.awaitText("That token is not accepted.");

        browser.find("#token").clear();
        browser.find("#token").sendKeys(console.token);
        browser.find("form button[type=submit]").click();
        browser.awaitText("node-exporter");
        browser.await("document.getElementById('log-out') !== null");
        assertThat(browser.ask("document.querySelector('header').textContent").toString())
                .contains("admin (admin)");
        assertThat(browser.address()).isEqualTo("/workloads?namespace=monitoring");
        assertThat(String.valueOf(browser.ask("document.cookie"))).isEmpty();

        // What is sent by the session's cookie needs what a page of ours alone can read.
        browser.go("/try");
        browser.awaitText("run-as-non-root");

        browser.find("#log-out").click();
        browser.await("location.pathname === '/login'");
        browser.go("/workloads");
        browser.await("location.pathname === '/login'");
        assertThat(browser.text()).doesNotContain("node-exporter");
    }

    @Test
    void comesBackByItselfOnceTheServerDoes() {
        browser.go("/policies");
        browser.offline(true);
        try {
            browser.find("#to-Checks").click();
            browser.awaitText("may be restarting");
        } finally {
            browser.offline(false);
        }
        browser.awaitText("privileged");
        assertThat(browser.address()).isEqualTo("/checks");
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        browser.go("/decisions?severity=worst");
        browser.awaitText("severity must be critical, high, medium, low");
    }

    @Test
    void keepsFiltersInTheAddress() {
        browser.go("/decisions");
        choose("#filter-outcome", "deny");
        browser.await("location.search === '?outcome=deny'");
        browser.await("document.querySelectorAll('tbody .badge.deny').length > 0");
        assertThat((Long) browser.ask("document.querySelectorAll('tbody .badge.allow, tbody .badge.warn').length"))
                .isZero();

        browser.go("/workloads?namespace=monitoring&sort=-failures");
        assertThat(browser.text()).contains("Workloads of monitoring").doesNotContain("frontend");
        assertThat(browser.find("[aria-sort]").getText()).contains("Denials");
        browser.find("#sort-name").click();
        browser.await("location.search.endsWith('&sort=name')");
        assertThat(browser.address()).isEqualTo("/workloads?namespace=monitoring&sort=name");
    }

    @Test
    void showsDecisionsAsTheyAreMade() throws Exception {
        browser.go("/decisions?live=true&namespace=live");
        browser.awaitText("Live: waiting");
        review("live-other", "elsewhere", "unseen");
        review("live-1", "live", "just-now");
        browser.awaitText("Pod just-now");
        assertThat(browser.text()).doesNotContain("unseen");
        browser.find("tbody .expand").click();
        browser.awaitText("spec.containers[0].securityContext.privileged");
    }

    // Last, since what it asked for stays among the latest.
    @Test
    @Order(Integer.MAX_VALUE)
    void leavesHostileStringsText() throws Exception {
        WorkloadFinding finding = new WorkloadFinding(
                "privileged",
                "fail",
                "enforce",
                "critical",
                HOSTILE,
                HOSTILE,
                HOSTILE,
                BooleanNode.TRUE,
                HOSTILE,
                null,
                null);
        Instant now = Instant.now();
        history.replace(
                "c1",
                List.of(new WorkloadState("c1", HOSTILE, "Deployment", HOSTILE, now, now, HOSTILE, List.of(finding))),
                List.of());
        review("hostile", HOSTILE, HOSTILE);
        String encoded = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);

        for (String path : List.of(
                "/",
                "/workloads?namespace=" + encoded,
                "/workload?cluster=c1&kind=Deployment&namespace=" + encoded + "&name=" + encoded,
                "/decisions?namespace=" + encoded,
                "/denials?namespace=" + encoded,
                "/check?id=privileged&text=onerror",
                "/check?id=rules%2Fnamed",
                "/checks?category=Own+rules",
                "/exemptions?new=true&name=" + encoded)) {
            browser.go(path);
            browser.await("document.querySelector('main').innerText.includes('onerror=')");
            assertThat(browser.text())
                    .doesNotContain("\u202e", "\u200b", "\u061c")
                    .contains("\\u202e\\u200b\\u061c");
            assertThat(browser.ask("document.title")).asString().endsWith("Portcullis");
            assertThat(browser.number("document.querySelectorAll('main img, main script').length"))
                    .as(path)
                    .isZero();
        }
        history.replace("c1", List.of(), List.of(new WorkloadState.Key(HOSTILE, "Deployment", HOSTILE)));
    }
}
