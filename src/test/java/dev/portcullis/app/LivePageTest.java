package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.Entry;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Decisions that are shown as they are made, in a real browser. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePageTest {
    private static final int ON_A_PAGE = 50;
    private static final int MOST = 500;

    @RegisterExtension
    private final BrowsedConsole console = BrowsedConsole.with().expecting("status of 401");

    private void decide(String namespace, int first, int count) {
        Instant begin = Instant.now();
        for (int i = first; i < first + count; i++) {
            Entry entry = entry(namespace, i, begin.plusMillis(i));
            assertThat(console.history.record(1_000, () -> entry)).isTrue();
        }
        String last = namespace + (first + count - 1);
        await().until(() -> !console.client
                .get("/api/v1/decisions?uid=" + last)
                .path("decisions")
                .isEmpty());
    }

    @SuppressWarnings("NullAway") // that a body may be null is lost in the class file, since it is an array
    private static Entry entry(String namespace, int number, Instant at) {
        String name = "web-" + number;
        return new Entry(
                Source.ADMISSION,
                namespace + number,
                at,
                Outcome.ALLOW,
                "c1",
                "CREATE",
                null,
                new Entry.Subject("Pod", namespace, name, "Pod", name),
                "v1",
                Duration.ofMillis(1),
                "",
                List.of(),
                null);
    }

    private void awaitRows(int rows) {
        console.browser.await("document.querySelectorAll('tbody tr').length === " + rows);
    }

    /** Whether each is beside the one that was made before it. */
    private void hasNoHole(int first, int last) {
        assertThat(
                        console.browser.ask(
                                "[...document.querySelectorAll('tbody tr')].map(each => Number(each.innerText.match(/web-(\\d+)/)[1])).join()"))
                .isEqualTo(IntStream.rangeClosed(-last, -first)
                        .mapToObj(i -> String.valueOf(-i))
                        .collect(Collectors.joining(",")));
    }

    /** Follows from a page on, by a stream that then ends; no browser ends one by itself when it is told to. */
    private void follow(String path) {
        console.browser.go(path);
        console.browser.run(
                "window.EventSource = class extends EventSource { constructor(of) { super(of); window.stream = this; } }");
        console.browser.find("#live").click();
        console.browser.awaitText("Live: waiting");
        console.browser.run("stream.close()");
    }

    @Test
    void showsNoMoreBelowWhatItHasDropped() {
        decide("many", 0, MOST + ON_A_PAGE);
        console.browser.go("/decisions?live=true&namespace=many");
        console.browser.awaitText("Live: waiting");
        for (int rows = ON_A_PAGE; rows < MOST; rows += ON_A_PAGE) {
            awaitRows(rows);
            console.browser.run("document.querySelector('.foot button').click()");
        }
        awaitRows(MOST);
        assertThat(console.browser.find(".foot button").isDisplayed()).isTrue();
        decide("many", MOST + ON_A_PAGE, 1);
        console.browser.awaitText("older ones are left out");
        assertThat(console.browser.find(".foot button").isDisplayed()).isFalse();
        hasNoHole(ON_A_PAGE + 1, MOST + ON_A_PAGE);
    }

    @Test
    void showsAllThatWasMadeWhileTheConnectionWasLost() {
        decide("lost", 0, 3);
        follow("/decisions?namespace=lost");
        decide("lost", 3, 2 * ON_A_PAGE);
        assertThat(console.browser.number("document.querySelectorAll('tbody tr').length"))
                .isEqualTo(3);
        console.browser.run("stream.dispatchEvent(new Event('open'))");
        awaitRows(3 + 2 * ON_A_PAGE);
        hasNoHole(0, 2 + 2 * ON_A_PAGE);
    }

    @Test
    void leadsToTheLoginWhereTheSessionIsOver() {
        console.browser.sendNothing();
        console.browser.go("/login");
        console.browser.find("#token").sendKeys(console.token);
        console.browser.find("form button[type=submit]").click();
        console.browser.await("document.getElementById('log-out') !== null");
        follow("/decisions");
        console.browser.run("""
                fetch('/api/v1/me').then(answer => answer.json()).then(me =>
                  fetch('/logout', {method: 'POST', headers: {[me.csrf.header]: me.csrf.token}})).then(() => { window.over = true; })""");
        console.browser.await("window.over === true");
        console.browser.run("stream.dispatchEvent(new Event('error'))");
        console.browser.await("location.pathname === '/login'");
        assertThat(console.browser.address()).isEqualTo("/login?next=%2Fdecisions%3Flive%3Dtrue");
    }
}
