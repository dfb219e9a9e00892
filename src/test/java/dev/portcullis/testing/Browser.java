package dev.portcullis.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Debian's Chromium without a screen, with a profile of its own that is empty. */
public final class Browser implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String AXE = "classpath*:META-INF/resources/webjars/axe-core/*/axe.min.js";
    /** Pixels of the tallest picture. */
    private static final int TALLEST = 6_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;
    private final String origin;
    private int width = 1280;
    private int height = 900;
    private final List<String> kept = new ArrayList<>();

    private Browser(ChromeDriver driver, String origin) {
        this.driver = driver;
        this.origin = origin;
    }

    /** Skips the test where there is no browser. */
    public static void require() {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER),
                "skipped: no " + PROGRAM + " or no " + DRIVER
                        + ": install Debian's packages chromium and chromium-driver");
    }

    /**
     * Starts one, whose window is 1280 by 900.
     *
     * @param site where its pages come from; its certificate is taken as it is
     */
    public static Browser open(URI site) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--window-size=1280,900");
        options.setAcceptInsecureCerts(true);
        LoggingPreferences told = new LoggingPreferences();
        told.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, told);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        driver.executeCdpCommand("Network.enable", Map.of());
        return new Browser(driver, site.getScheme() + "://" + site.getAuthority());
    }

    /** Sends a header with every request from now on. */
    public void send(String name, String value) {
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of(name, value)));
    }

    /** Sends none any more. */
    public void sendNothing() {
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of()));
    }

    /** Opens what is no page of the console. */
    public void open(String path) {
        driver.get(origin + path);
    }

    /** Opens a page and waits until it is there. */
    public void go(String path) {
        driver.get(origin + path);
        settle();
    }

    /** Waits until the page that is shown is there whole. */
    public void settle() {
        await(
                "document.querySelector('main h1') !== null && !document.querySelector('main').hasAttribute('aria-busy')");
    }

    /** Waits until something is true, in JavaScript. */
    public void await(String condition) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> condition + " on " + driver.getCurrentUrl() + ":\n" + text())
                .until(_ -> Boolean.TRUE.equals(ask(condition)));
    }

    /** Waits until the page says a text. */
    public void awaitText(String text) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> text + " on " + driver.getCurrentUrl() + ":\n" + text())
                .until(_ -> text().contains(text));
    }

    /** What the page says. */
    public String text() {
        return ask("document.querySelector('main').innerText").toString();
    }

    /** The path and the query of the page. */
    public String address() {
        return driver.getCurrentUrl().substring(origin.length());
    }

    /** Runs a script. */
    public void run(String script, Object... arguments) {
        driver.executeScript(script, arguments);
    }

    /** What an expression in JavaScript is, which is not null. */
    public Object ask(String expression) {
        Object value = driver.executeScript("return " + expression);
        return Objects.requireNonNull(value, expression);
    }

    /** The same of a whole number. */
    public long number(String expression) {
        return (Long) ask(expression);
    }

    /** An element by a CSS selector. */
    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** The size of what is shown, in CSS pixels. */
    public void resize(int width, int height) {
        this.width = width;
        this.height = height;
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Whether the system likes it dark. */
    public void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Takes the network away, or gives it back. */
    public void offline(boolean offline) {
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Lets requests to these addresses fail, of which * stands for any part; without any, none. */
    public void block(String... addresses) {
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** Shows pages as they are printed, or on a screen again. */
    public void print(boolean printed) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", printed ? "print" : "screen"));
    }

    /** Keeps a picture of what is shown without scrolling. */
    public void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a picture of the whole page. */
    public void picture(String name) {
        int shown = height;
        try {
            resize(width, Math.clamp(number("document.documentElement.scrollHeight"), height, TALLEST));
            // Charts are drawn anew once their place has another size.
            driver.executeAsyncScript(
                    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))");
            picture(SCREENSHOTS.resolve(name + ".png"));
        } finally {
            resize(width, shown);
        }
    }

    /** What was written to its console since it was last asked: errors, and violations of the content security policy. */
    public List<String> complaints() {
        List<String> all = new ArrayList<>(kept);
        kept.clear();
        all.addAll(written());
        return all;
    }

    private List<String> written() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What axe finds that is serious or critical by WCAG 2.2 AA, each with where. */
    @SuppressWarnings("unchecked")
    public List<String> barriers() {
        kept.addAll(written());
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(found => done(
                  found.violations.filter(each => ['serious', 'critical'].includes(each.impact)).flatMap(each =>
                    each.nodes.map(node => each.id + ': ' + node.html + ' ' + node.failureSummary))));""");
        // What axe itself made the browser write says nothing of the page.
        written();
        return (List<String>) Objects.requireNonNull(found);
    }

    private static String axe() {
        try (InputStream in = new PathMatchingResourcePatternResolver().getResources(AXE)[0].getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
