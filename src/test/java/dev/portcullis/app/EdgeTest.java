package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EdgeTest {
    static final List<String> ADMISSION = List.of("/validate", "/mutate", "/review", "/containers/review");
    static final List<String> MANAGEMENT = List.of("/healthz", "/readyz", "/metrics");

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @FieldSource("ADMISSION")
    void answersItsRoutesOnTheAdmissionPort(String path) throws Exception {
        assertThat(server.post(path, "{\"uid\":\"u-1\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void answersTheWebhookAsked() throws Exception {
        assertThat(server.post("/validate", "{\"uid\":\"u-1\"}").body()).contains("u-1", "validate 13");
        assertThat(server.post("/mutate?timeout=10s", "{\"uid\":\"u-2\"}").body())
                .contains("u-2", "mutate 13");
    }

    @ParameterizedTest
    @FieldSource("MANAGEMENT")
    void answersItsRoutesOnTheManagementPort(String path) throws Exception {
        assertThat(server.get(server.management(path)).statusCode()).isEqualTo(200);
    }

    @Test
    void answersNothingElseOnEitherPort() throws Exception {
        for (String path : ADMISSION) {
            assertError(server.send(postTo(server.management(path))), 404);
            assertError(server.get(server.management(path)), 404);
        }
        for (String path : MANAGEMENT) {
            assertError(server.send(postTo(server.admission(path))), 404);
            assertError(server.get(server.admission(path)), 404);
        }
        for (String path : List.of(
                "/",
                "/error",
                "/actuator",
                "/actuator/health",
                "/favicon.ico",
                "/validate/",
                "//validate",
                "/VALIDATE",
                "/%76alidate",
                "/validate;a=b",
                "/healthz/",
                "/metrics/jvm",
                "/WEB-INF/web.xml",
                "/review.json")) {
            assertError(server.get(server.admission(path)), 404);
            assertError(server.get(server.management(path)), 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/validate/..;/metrics",
                "/validate/../metrics",
                "/validate/%2e%2e/metrics",
                "/validate/..%2fmetrics",
                "/validate/..%5cmetrics",
                "/..;/metrics",
                "/./healthz",
                "/healthz;/x",
                "/healthz%00",
                "http://localhost/x/../healthz"
            })
    void refusesRoundaboutPaths(String target) throws Exception {
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assertThat(RunningServer.exchange(server.managementSocket(), request)).matches("(?s)HTTP/1.1 4\\d\\d .*");
        assertThat(RunningServer.exchange(server.socket(), request)).matches("(?s)HTTP/1.1 4\\d\\d .*");
    }

    @ParameterizedTest
    @CsvSource({"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "PROPFIND"})
    void refusesOtherMethods(String method) throws Exception {
        for (String path : ADMISSION) {
            HttpResponse<String> response = server.send(
                    HttpRequest.newBuilder(server.admission(path)).method(method, BodyPublishers.ofString("{}")));
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        }
    }

    @Test
    void refusesOtherMethodsOnTheManagementPort() throws Exception {
        for (String path : MANAGEMENT) {
            HttpResponse<String> response = server.send(postTo(server.management(path)));
            assertError(response, 405);
            assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/yaml", "json", ";"})
    void webhooksTakeJsonOnly(String type) throws Exception {
        for (String path : List.of("/validate", "/mutate")) {
            HttpRequest.Builder request = postTo(server.admission(path));
            if (!type.isEmpty()) {
                request.header("Content-Type", type);
            }
            assertError(server.send(request), 415);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "Application/JSON", "application/json;foo=bar"})
    void webhooksTakeJsonWithParameters(String type) throws Exception {
        assertThat(server.send(postTo(server.admission("/validate")).header("Content-Type", type))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesCompressedBodies() throws Exception {
        for (String path : ADMISSION) {
            assertError(server.send(server.json(path, "x").header("Content-Encoding", "gzip")), 415);
        }
        assertThat(server.send(server.json("/validate", "{\"uid\":\"a\"}").header("Content-Encoding", "identity"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense"})
    void dryRunsTakeAnyContentType(String type) throws Exception {
        HttpResponse<String> response =
                server.send(postTo(server.admission("/review?profile=baseline")).header("Content-Type", type));
        assertThat(response.body()).contains("{\"uid\":\"u\"}", "profile=baseline");
    }

    @Test
    void answersAnUnreadableReviewWithAnErrorAndCountsIt() throws Exception {
        String metric = "portcullis_http_errors_total{code=\"400\",route=\"/validate\"}";
        double before = server.metric(metric);
        assertError(server.post("/validate", "{}"), 400);
        assertThat(server.metric(metric)).isEqualTo(before + 1);
        assertError(server.post("/validate", ""), 400);
    }

    @Test
    void answersACrashByTheUid() throws Exception {
        HttpResponse<String> response = server.post("/validate", "{\"uid\":\"crash\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"allowed\":false", "500").doesNotContain("Exception", "made to fail");
    }

    @Test
    void labelsOfMetricsAreBounded() throws Exception {
        for (int i = 0; i < 20; i++) {
            server.get(server.admission("/made-up-" + i));
        }
        String metrics = server.get(server.management("/metrics")).body();
        assertThat(metrics).doesNotContain("made-up").contains("route=\"other\"", "jvm_memory_used_bytes");
    }

    @Test
    void metricsAnswerInTheFormAskedFor() throws Exception {
        HttpResponse<String> response = server.send(HttpRequest.newBuilder(server.management("/metrics"))
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text");
        assertThat(response.body()).endsWith("# EOF\n");
    }

    static Stream<String> malformed() {
        String chunked = "\r\nd\r\n{\"uid\":\"abc\"}\r\n0\r\n\r\n";
        return Stream.of(
                "Host: a\r\nContent-Type: application/json\r\nContent-Length: 13\r\nTransfer-Encoding: chunked\r\n"
                        + chunked,
                "Host: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 13\r\n"
                        + chunked,
                "Host: a\r\nContent-Type: application/json\r\nTransfer-Encoding: identity, chunked\r\n" + chunked,
                "Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "Host: a\r\nContent-Length: -1\r\n\r\n{}",
                "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                "Host: a\r\nHost: b\r\nContent-Length: 2\r\n\r\n{}",
                "Host: a\r\nX-Long: " + "x".repeat(64 * 1024) + "\r\n\r\n",
                "Host: a\r\nTransfer-Encoding: chunked\r\nX: 1\r\nCONTENT-Length : 13\r\n" + chunked,
                "nonsense\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesMalformedRequests(String headers) throws Exception {
        String request = "POST /validate HTTP/1.1\r\nConnection: close\r\n" + headers;
        for (String answer : List.of(
                RunningServer.exchange(server.socket(), request),
                RunningServer.exchange(server.managementSocket(), request))) {
            assertThat(answer)
                    .matches("(?s)(HTTP/1.1 (4\\d\\d|501) .*)?")
                    .doesNotContain("Exception", "Apache", "Tomcat", "\nServer:");
        }
    }

    @Test
    void takesChunkedBodiesAndLooksForALengthInTheHeadOnly() throws Exception {
        String body = "{\"uid\":\"abc\",\"x\":\"\ncontent-length: 1\n\"}";
        String request = "POST /validate HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                + "\r\n0\r\n\r\n";
        assertThat(RunningServer.exchange(server.socket(), request))
                .startsWith("HTTP/1.1 200 ")
                .contains("abc");
    }

    @Test
    void neverRedirectsNorNamesItself() throws Exception {
        for (String path : List.of("/", "/validate", "/validate/", "/containers", "/containers/", "/review/..")) {
            for (HttpResponse<String> response :
                    List.of(server.post(path, "{\"uid\":\"u\"}"), server.get(server.admission(path)))) {
                assertThat(response.statusCode())
                        .satisfiesAnyOf(
                                status -> assertThat(status).isEqualTo(200),
                                status -> assertThat(status).isBetween(400, 499));
                assertThat(response.headers().map()).doesNotContainKeys("location", "server", "x-powered-by");
            }
        }
    }

    private static HttpRequest.Builder postTo(URI uri) {
        return HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{\"uid\":\"u\"}"));
    }

    static void assertError(HttpResponse<String> response, int code) {
        assertThat(response.statusCode())
                .as(response.uri() + " " + response.body())
                .isEqualTo(code);
        JsonNode body = JsonMapper.shared().readTree(response.body());
        assertThat(body.path("code").asInt()).isEqualTo(code);
        assertThat(body.path("message").asString()).isNotBlank();
        assertThat(body.path("requestId").asString()).matches("[0-9a-f]{16}");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }
}
