package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** How the files of the console's pages are served. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageFilesTest {
    private static final int MOST_BYTES = 300 * 1024;
    private static final String PAGES = "classpath:dev/portcullis/console/ui/pages/*.js";
    private static final Pattern NAMED = Pattern.compile("(?:href|src)=\"(/ui/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern.compile("(?:from|import)\\s*\\(?'(\\.[^']+)'");

    private RunningServer portcullis;
    private ConsoleClient console;

    @BeforeAll
    void start() throws Exception {
        portcullis = RunningServer.deciding("portcullis.console.boards.shop.namespaces=shop");
        console = new ConsoleClient(portcullis);
    }

    @AfterAll
    void stop() {
        portcullis.close();
    }

    private HttpResponse<byte[]> ask(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.uri(path));
        return portcullis.client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }

    private String text(String path) throws Exception {
        HttpResponse<byte[]> answer = ask(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/workloads",
                "/workload",
                "/results",
                "/decisions",
                "/denials",
                "/checks",
                "/check",
                "/policies",
                "/exemptions",
                "/hosts",
                "/impact",
                "/try",
                "/settings",
                "/audit",
                "/boards",
                "/boards/shop",
                "/login"
            })
    void servesOneShellToEverybodyUnderEveryPath(String path) throws Exception {
        HttpResponse<byte[]> answer = ask(path + "?anything=1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValue(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                                + " font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.body()).isEqualTo(ask("/").body());
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("style=", "onclick", "{ui}");
    }

    @Test
    void sendsTheShellAgainOnlyWhereItHasChanged() throws Exception {
        String tag = ask("/").headers().firstValue("ETag").orElseThrow();

        assertThat(ask("/checks", "If-None-Match", "\"other\", W/" + tag).statusCode())
                .isEqualTo(304);
        assertThat(ask("/checks", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void sendsFilesOnceAndCompressed() throws Exception {
        String style = NAMED.matcher(text("/"))
                .results()
                .map(found -> found.group(1))
                .filter(path -> path.endsWith("style.css"))
                .findFirst()
                .orElseThrow();
        HttpResponse<byte[]> compressed = ask(style, "Accept-Encoding", "br, gzip");

        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(compressed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(compressed.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(ask(style).body());
        for (String accepted : List.of("identity", "br", "gzip;q=0", "gzip; q=0.0")) {
            assertThat(ask(style, "Accept-Encoding", accepted).headers().firstValue("Content-Encoding"))
                    .as(accepted)
                    .isEmpty();
        }
    }

    /** Every module that any page imports, those of all pages together. */
    @Test
    void isSmallAndWhole() throws Exception {
        Set<String> reached = new TreeSet<>();
        for (Matcher named = NAMED.matcher(text("/")); named.find(); ) {
            reach(named.group(1), reached);
        }
        String base = reached.iterator().next().replaceFirst("^(/ui/[^/]+/).*", "$1");
        Resource[] pages = new PathMatchingResourcePatternResolver().getResources(PAGES);
        assertThat(pages).hasSizeGreaterThan(10);
        for (Resource page : pages) {
            reach(base + "pages/" + page.getFilename(), reached);
        }
        long bytes = 0;
        for (String path : reached) {
            bytes += ask(path, "Accept-Encoding", "gzip").body().length;
        }
        assertThat(reached).contains(base + "lib/uplot.js", base + "style.css", base + "icon.svg");
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    private void reach(String path, Set<String> reached) throws Exception {
        if (!reached.add(path)) {
            return;
        }
        String content = text(path);
        if (path.endsWith(".js") && !path.contains("/lib/")) {
            for (Matcher imported = IMPORTED.matcher(content); imported.find(); ) {
                reach(console.uri(path).resolve(imported.group(1)).getPath(), reached);
            }
        }
    }

    @Test
    void hasNothingElse() throws Exception {
        for (String path :
                List.of("/index.html", "/ui/", "/ui/style.css", "/overview", "/favicon.ico", "/ui/../app.js")) {
            assertThat(ask(path).statusCode()).as(path).isIn(400, 404);
        }
        assertThat(portcullis.get(portcullis.admission("/")).statusCode()).isEqualTo(404);
    }

    @Test
    void judgesForTheConsoleWhatTheGateWould() throws Exception {
        String pod =
                "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: web, image: web}]}}";

        assertThat(ConsoleClient.json(console.post("/api/v1/review?profile=restricted", pod), 200)
                        .at("/results/0/decision")
                        .stringValue())
                .isEqualTo("deny");
        HttpRequest.Builder stranger =
                HttpRequest.newBuilder(console.uri("/api/v1/review")).POST(HttpRequest.BodyPublishers.ofString(pod));
        assertThat(portcullis.send(stranger).statusCode()).isEqualTo(401);
    }
}
