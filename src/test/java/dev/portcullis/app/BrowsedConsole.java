package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.History;
import dev.portcullis.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A console and a browser that shows who asks by the admin token, for all tests of a class. Each test begins in a wide and light
 * window, and must leave nothing in the browser's console, violations of its policy neither. They are skipped where there is no
 * browser. To be registered in a field that is not static, of a class whose lifecycle is {@code PER_CLASS}.
 */
@SuppressWarnings("NullAway.Init") // begun before the first test
final class BrowsedConsole implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    RunningServer portcullis;
    History history;
    ConsoleClient client;
    Browser browser;

    /** The admin token. */
    String token;

    /** What it decides by, which may be written anew; null where that is the built-in policy. */
    @Nullable Path policies;

    private final @Nullable String documents;
    private final String[] properties;
    private Predicate<String> expected = _ -> false;

    private BrowsedConsole(@Nullable String documents, String... properties) {
        this.documents = documents;
        this.properties = properties;
    }

    /** Decides by the built-in policy. */
    static BrowsedConsole with(String... properties) {
        return new BrowsedConsole(null, properties);
    }

    /** Decides by these documents in YAML. */
    static BrowsedConsole deciding(String documents, String... properties) {
        return new BrowsedConsole(documents, properties);
    }

    /** Lets complaints pass that hold one of these texts; a browser writes down each answer that is an error. */
    BrowsedConsole expecting(String... texts) {
        expected = complaint -> Stream.of(texts).anyMatch(complaint::contains);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Browser.require();
        portcullis = RunningServer.deciding(properties());
        history = ConsoleData.of(portcullis);
        await().atMost(20, SECONDS).until(history::isOpen);
        client = new ConsoleClient(portcullis);
        token = Files.readString(portcullis.data.resolve("admin-token")).strip();
        browser = Browser.open(client.uri("/"));
    }

    private String[] properties() throws Exception {
        if (documents == null) {
            return properties;
        }
        Path folder = Files.createTempDirectory("policies");
        policies = Files.writeString(folder.resolve("house.yaml"), documents);
        return Stream.concat(Stream.of("portcullis.policy=" + folder), Stream.of(properties))
                .toArray(String[]::new);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        showToken();
        browser.resize(1280, 900);
        browser.dark(false);
        browser.complaints();
    }

    /** Shows who asks with each request from now on. */
    void showToken() {
        browser.send("Authorization", "Bearer " + token);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(browser.complaints()).filteredOn(expected.negate()).isEmpty();
    }

    /** Opens a page in each of its looks, says what bars people from it, and keeps pictures of this name. */
    void showsToEverybody(String path, String text, String picture) {
        browser.go(path);
        browser.awaitText(text);
        nothingBars(picture);
        browser.dark(true);
        nothingBars(picture + "-dark");
        palette("safe");
        nothingBars(picture + "-safe-dark");
        browser.dark(false);
        nothingBars(picture + "-safe");
        browser.run("localStorage.clear()");
        browser.resize(360, 740);
        browser.go(path);
        browser.awaitText(text);
        nothingBars(picture + "-360");
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
    }

    private void palette(String name) {
        browser.run(
                "const s = document.getElementById('setting-palette'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))",
                name);
    }

    /** Says that nothing bars people from what is shown. */
    private void nothingBars(String picture) {
        assertThat(browser.barriers()).isEmpty();
        browser.picture(picture);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (portcullis != null) {
            portcullis.close();
        }
    }
}
