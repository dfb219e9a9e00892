package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.History;
import dev.portcullis.testing.Browser;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** A console and a browser that shows who asks by the admin token. */
final class BrowsedConsole implements AutoCloseable {
    final RunningServer portcullis;
    final History history;
    final ConsoleClient client;
    final Browser browser;
    private final String token;

    private BrowsedConsole(RunningServer portcullis) throws Exception {
        this.portcullis = portcullis;
        history = ConsoleData.of(portcullis);
        await().atMost(20, SECONDS).until(history::isOpen);
        client = new ConsoleClient(portcullis);
        token = Files.readString(portcullis.data.resolve("admin-token")).strip();
        browser = Browser.open(client.uri("/"));
    }

    /** Starts both; skips the test where there is no browser. */
    static BrowsedConsole start(String... properties) throws Exception {
        Browser.require();
        return new BrowsedConsole(RunningServer.deciding(properties));
    }

    /** Before each test. */
    void fresh() {
        browser.send("Authorization", "Bearer " + token);
        browser.resize(1280, 900);
        browser.dark(false);
        browser.complaints();
    }

    /** After each test: nothing was written to the browser's console, violations of the policy neither. */
    void hasNothingToComplainAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    /** Opens a page in each of its looks, says what bars people from it, and keeps pictures of this name. */
    void showsToEverybody(String path, String text, String picture) {
        show(path, text, picture);
        browser.dark(true);
        show(path, text, picture + "-dark");
        browser.run("localStorage.setItem('palette', 'safe')");
        show(path, text, picture + "-safe-dark");
        browser.dark(false);
        show(path, text, picture + "-safe");
        browser.run("localStorage.clear()");
        browser.resize(360, 740);
        show(path, text, picture + "-360");
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
    }

    private void show(String path, String text, String picture) {
        browser.go(path);
        browser.awaitText(text);
        assertThat(browser.barriers()).isEmpty();
        browser.picture(picture);
    }

    static void end(@Nullable BrowsedConsole console) {
        if (console != null) {
            console.close();
        }
    }

    @Override
    public void close() {
        browser.close();
        portcullis.close();
    }
}
