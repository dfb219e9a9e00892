package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    private static final int LIMIT = 1 << 20;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(
                "portcullis.admission.body-limit=1MB",
                "portcullis.admission.in-flight-bytes=2MB",
                "portcullis.review.in-flight-bytes=2MB",
                "portcullis.review.concurrency=1",
                "portcullis.review.waiting=1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A body's bytes are given back when its answer is on its way, which the client may have by then. */
    private static void awaitRelease() throws Exception {
        Await.until(() -> server.metric("portcullis_http_body_in_flight_bytes{budget=\"admission\"}") == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 16_383, 16_384, 16_385, 65_536, 65_537, 262_144, 262_145, LIMIT - 1, LIMIT})
    void readsBodiesWholeWhicheverWayTheyCome(int length) throws Exception {
        assertThat(post("/validate", body(length)).body()).contains("validate " + length);
        awaitRelease();
        assertThat(stream("/validate", body(length)).body()).contains("validate " + length);
        awaitRelease();
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 8 * LIMIT})
    void deniesABodyOverTheLimitByItsUid(int length) throws Exception {
        for (HttpResponse<String> response :
                List.of(post("/validate", body(length)), stream("/validate", body(length)))) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"uid\":\"u\"", "\"allowed\":false", "413");
        }
        assertThat(post("/mutate", body(length)).body()).contains("\"uid\":\"u\"", "\"allowed\":true", "413");
        awaitRelease();
    }

    @Test
    void refusesABodyOverTheLimitWhereNoUidCanBeRead() throws Exception {
        EdgeTest.assertError(post("/validate", new byte[LIMIT + 1]), 413);
        EdgeTest.assertError(post("/review", new byte[LIMIT + 1]), 413);
        EdgeTest.assertError(post("/containers/review", new byte[LIMIT + 1]), 413);
    }

    @Test
    void deniesBeyondTheByteBudgetWhileSmallBodiesPass() throws Exception {
        // Two MiB in all, of which large bodies may take one and a half: one held back leaves no room for another.
        try (SSLSocket slow = server.socket()) {
            String head = "POST /validate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ";
            slow.getOutputStream().write((head + LIMIT + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().write(body(LIMIT), 0, LIMIT - 1);
            slow.getOutputStream().flush();
            Await.until(() -> server.metric("portcullis_http_body_in_flight_bytes{budget=\"admission\"}") == LIMIT);
            HttpResponse<String> refused = post("/validate", body(LIMIT));
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(refused.body()).contains("\"uid\":\"u\"", "\"allowed\":false", "429");
            assertThat(post("/validate", body(100_000)).body()).contains("validate 100000");
            slow.getOutputStream().write(' ');
            slow.getOutputStream().flush();
            byte[] answer = slow.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
        awaitRelease();
    }

    @Test
    void boundsDryRunsAndAdmitsMeanwhile() throws Exception {
        SampleServices.GATE.register();
        List<CompletableFuture<HttpResponse<String>>> answers;
        try {
            answers = Stream.generate(() -> server.json("/review", "wait").build())
                    .limit(3)
                    .map(request -> server.client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            Await.until(() -> answers.stream().anyMatch(CompletableFuture::isDone));
            assertThat(server.post("/validate", "{\"uid\":\"u\"}").statusCode()).isEqualTo(200);
            assertThat(server.post("/containers/review", "{}").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = server.post("/review", "x");
            EdgeTest.assertError(refused, 429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        } finally {
            SampleServices.GATE.arriveAndDeregister();
        }
        assertThat(answers).extracting(answer -> answer.get().statusCode()).containsExactlyInAnyOrder(200, 200, 429);
    }

    @Test
    void answersThirtyTwoAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 320)
                .mapToObj(i -> server.client.sendAsync(
                        server.json("/validate", "{\"uid\":\"u-" + i + "\"}").build(), BodyHandlers.ofString()))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get().body()).contains("\"uid\":\"u-" + i + "\"");
        }
    }

    @Test
    void readsTheQueryAndTheAcceptHeader() throws Exception {
        String answer = server.post("/review?all&version=v1.30&kind=Pod&policy=a%20b", "x")
                .body();
        assertThat(answer).contains("version=v1.30", "kind=Pod", "policy=a b", "all=true", "accept=JSON");
        for (String accept : List.of("application/yaml", "text/plain", "application/json", "application/sarif+json")) {
            HttpResponse<String> response =
                    server.send(server.json("/review", "x").header("Accept", "text/html;q=0.9, " + accept));
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(accept);
        }
        EdgeTest.assertError(server.send(server.json("/review", "x").header("Accept", "image/png")), 406);
        EdgeTest.assertError(server.send(server.json("/review", "x").header("Accept", "/;;")), 400);
        for (String query : List.of("profil=x", "all=maybe", "kind=%zz", "kind=a&kind=b")) {
            String target = "POST /review?" + query + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            assertThat(RunningServer.exchange(server.socket(), target)).startsWith("HTTP/1.1 400 ");
        }
        EdgeTest.assertError(server.post("/review", "unreadable"), 400);
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) ' ');
        byte[] start = "{\"uid\":\"u\"}".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, body, 0, start.length);
        return body;
    }

    private static HttpResponse<String> post(String path, byte[] body) throws Exception {
        return server.send(server.json(path, "").POST(BodyPublishers.ofByteArray(body)));
    }

    /** Without a Content-Length. */
    private static HttpResponse<String> stream(String path, byte[] body) throws Exception {
        return server.send(
                server.json(path, "").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }
}
