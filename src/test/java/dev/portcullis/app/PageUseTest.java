package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console's pages do while they are open: times, forms, focus, filters and links, in a real browser. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageUseTest {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: house}
            spec: {profile: baseline, mode: enforce, exemptionNamespaces: [leaves]}
            """;
    private static final int MANY = 130;

    @RegisterExtension
    private final BrowsedConsole console = BrowsedConsole.deciding(POLICY, "portcullis.cluster-name=c1")
            .expecting("status of 400", "status of 401", "status of 403", "status of 404", "ERR_BLOCKED_BY_CLIENT");

    @BeforeAll
    void fill() throws Exception {
        console.history.replace(
                "c1",
                IntStream.range(0, MANY)
                        .mapToObj(i -> workload("c1", "shop", "web-" + i))
                        .toList(),
                List.of());
        console.history.replace("c2", List.of(workload("c2", "shop", "web-7")), List.of());
    }

    private static WorkloadState workload(String cluster, String namespace, String name) {
        Instant now = Instant.now();
        return new WorkloadState(cluster, namespace, "Deployment", name, now, now, "v1", List.of(finding()));
    }

    private static WorkloadFinding finding() {
        @Nullable String none = null;
        return new WorkloadFinding(
                "privileged", "fail", "enforce", "critical", "house", "web", "spec", null, "is wrong", null, none);
    }

    private void choose(String selector, String value) {
        console.browser.run(
                "const s = document.querySelector(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change'))",
                selector,
                value);
    }

    @Test
    void tellsAgesAnewAsTimePasses() {
        console.browser.go("/workload?cluster=c1&namespace=shop&kind=Deployment&name=web-7");
        assertThat(console.browser.text()).doesNotContain("3 d ago");
        console.browser.run("const now = Date.now; Date.now = () => now() + 3 * 86400000 + 5000");
        console.browser.awaitText("3 d ago");
    }

    @Test
    void knowsWhoIsLoggedInOnceTheServerTells() {
        console.browser.block("*/api/v1/me");
        try {
            console.browser.go("/checks");
            assertThat(console.browser.number("document.querySelectorAll('#log-out').length"))
                    .isZero();
        } finally {
            console.browser.block();
        }
        console.browser.find("#to-Policies").click();
        console.browser.await("document.getElementById('log-out') !== null");
        console.browser.awaitText("Version in force");
    }

    @Test
    void sendsWhatIsToBeJudgedAfterALoginInAnotherWindow() {
        console.browser.sendNothing();
        console.browser.go("/login");
        console.browser.find("#token").sendKeys(console.token);
        console.browser.find("form button[type=submit]").click();
        console.browser.await("document.getElementById('log-out') !== null");
        console.browser.go("/try");
        console.browser.await("document.querySelector('#verdict .finding') !== null");

        console.browser.run(
                "fetch('/login', {method: 'POST', body: new URLSearchParams({token: arguments[0]})}).then(() => { window.begun = true; })",
                console.token);
        console.browser.await("window.begun === true");
        console.browser.find("#text").clear();
        console.browser.find("#text").sendKeys("docker run --privileged nginx");
        console.browser.awaitText("HostConfig.Privileged");
    }

    @Test
    void keepsWhatIsWrittenAndSaysWhatAnExemptionStillNeeds() {
        console.browser.go("/exemptions?new=true&kind=Container&name=ci");
        assertThat(console.browser.find("#make-problem").getText())
                .isEqualTo("Still to be written: checks; an owner, who answers for it; a reason.");
        assertThat(console.browser.ask("[...document.querySelectorAll('#maker button')].at(-1).disabled"))
                .isEqualTo(true);
        assertThat(console.browser.barriers()).isEmpty();
        console.browser.find("#make-checks").sendKeys("privileged");
        console.browser.find("#make-owner").sendKeys("sre@example.com");
        console.browser.picture("exemption-unfinished");

        choose("#setting-theme", "dark");
        console.browser.dark(true);
        choose("#filter-state", "counts");
        console.browser.await("location.search.includes('state=counts')");
        console.browser.settle();
        assertThat(console.browser.find("#yaml").getText())
                .contains("owner: \"sre@example.com\"", "checks: [\"privileged\"]", "platform: docker")
                .contains("namespace: \"leaves\"");
        console.browser.find("#make-reason").sendKeys("builds images");
        assertThat(console.browser.find("#make-problem").getText()).isEmpty();
        assertThat(console.browser.ask("[...document.querySelectorAll('#maker button')].at(-1).disabled"))
                .isEqualTo(false);
        console.browser.find("#make-home").clear();
        console.browser.find("#make-home").sendKeys("elsewhere");
        assertThat(console.browser.find("#make-problem").getText()).contains("heed exemptions of leaves");
        console.browser.run("localStorage.clear()");
    }

    @Test
    void saysThatATrialIsGoneAndOffersAnother() {
        console.browser.go("/impact?id=00000000-0000-0000-0000-000000000000");
        assertThat(console.browser.text()).contains("no longer kept");
        assertThat(console.browser.find("#candidate").isDisplayed()).isTrue();
    }

    @Test
    void asksWhichOfSeveralIsMeantAndKeepsItsCluster() {
        console.browser.go("/workload?namespace=shop&kind=Deployment&name=web-7");
        console.browser.awaitText("There are several of that name");
        console.browser.find("main a[href*='cluster=c2']").click();
        console.browser.awaitText("is wrong");
        assertThat(console.browser.address()).contains("cluster=c2");
        assertThat(console.browser.ask("[...document.querySelectorAll('.panel h2 a')].map(each => each.search).join()"))
                .asString()
                .contains("cluster=c2", "ownerKind=Deployment");
        assertThat(console.browser.find(".facts a").getAttribute("href")).contains("cluster=c2");
    }

    @Test
    void sortsOnASmallScreenToo() {
        console.browser.resize(360, 740);
        console.browser.go("/workloads");
        console.browser.find("#sort-name").click();
        console.browser.await("location.search === '?sort=name'");
        console.browser.settle();
        console.browser.find("#sort-name").click();
        console.browser.await("location.search === '?sort=-name'");
        console.browser.settle();
        assertThat(console.browser.find("tbody tr").getText()).contains("web-99");
        assertThat(console.browser.number("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        assertThat(console.browser.barriers()).isEmpty();
    }

    @Test
    void foldsRareFiltersOutInColumns() {
        console.browser.go("/decisions");
        console.browser.find("#more-filters summary").click();
        assertThat(
                        console.browser.number(
                                "getComputedStyle(document.querySelector('.filters .more')).gridTemplateColumns.split(' ').length"))
                .isGreaterThan(3);
        console.browser.picture("decisions-more-filters");
    }

    @Test
    void printsDarkPagesInInkForPaper() {
        console.browser.go("/checks");
        choose("#setting-theme", "dark");
        console.browser.print(true);
        assertThat(console.browser.ask("getComputedStyle(document.documentElement).getPropertyValue('--deny').trim()"))
                .isEqualTo("#b3261e");
        console.browser.picture("checks-printed-from-dark");
        console.browser.print(false);
        console.browser.run("localStorage.clear()");
    }

    @Test
    void keepsTheFocusWhereAPageIsUpdatedAndCanBePaused() {
        console.browser.go("/");
        console.browser.run(
                "window.before = document.querySelector('.bars a'); before.focus(); dispatchEvent(new Event('popstate'))");
        console.browser.await("!before.isConnected");
        assertThat(console.browser.ask("document.activeElement.href === before.href"))
                .isEqualTo(true);
        console.browser.find("#pause").click();
        assertThat(console.browser.find("#pause").getText()).isEqualTo("Go on updating");
        console.browser.find("#pause").click();
        console.browser.await("document.getElementById('pause').textContent === 'Pause updates'");
    }

    @Test
    void listsEveryFindingByFiltersAndInTheServersOrder() {
        console.showsToEverybody("/results?cluster=c2", "web-7", "results");
        console.browser.resize(1280, 900);
        console.browser.go("/results?sort=name");
        assertThat(console.browser.number("document.querySelectorAll('tbody tr').length"))
                .isEqualTo(100);
        console.browser.run("document.querySelector('.foot button').click()");
        console.browser.await("document.querySelectorAll('tbody tr').length === " + (MANY + 1));
        console.browser.find("#sort-severity").click();
        console.browser.await("location.search === '?sort=-severity'");
        choose("#filter-severity", "critical");
        console.browser.await("location.search.includes('severity=critical')");
        console.browser.settle();
        assertThat(console.browser.ask("document.querySelector('.exports a').search"))
                .isEqualTo("?sort=-severity&severity=critical&format=csv");

        console.browser.go(
                "/results?cluster=c2&namespace=shop&kind=Deployment&name=web-7&check=privileged&mode=enforce&text=wrong");
        assertThat(console.browser.text()).contains("1 row");
        assertThat(console.browser.find("tbody a[href^='/workload?']").getAttribute("href"))
                .endsWith("/workload?cluster=c2&namespace=shop&kind=Deployment&name=web-7");
        assertThat(console.browser.find("tbody a[href^='/check?']").getText()).isEqualTo("privileged");
        console.browser.go("/results?exempt=true");
        assertThat(console.browser.text()).contains("Nothing is found that is like that.");
    }
}
