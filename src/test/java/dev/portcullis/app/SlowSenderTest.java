package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that send a byte now and then, all at once, since each of them is waited for. */
class SlowSenderTest {
    private static final String HEAD = "POST /validate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What the server sent, and after how long it was done. */
    private record End(String answer, Duration after) {}

    private interface Opening {
        Socket open() throws IOException;
    }

    @Test
    void closesSlowSendersWithinTenSecondsAndDeniesSlowBodies() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<End>> ends = List.of(
                    send(threads, server::socket, "", ""),
                    send(threads, server::socket, HEAD, ""),
                    send(threads, server::managementSocket, "GET /he", ""),
                    send(threads, server::socket, HEAD + "Content-Length: 500\r\n\r\n{\"uid\":\"u\",", ""),
                    send(threads, SlowSenderTest::plain, "", ""),
                    send(threads, server::socket, HEAD, "X-Slow: 123456789012345678901234567890"),
                    send(threads, server::managementSocket, "", "GET /healthz?123456789012345678901234567890"),
                    // A TLS record that says a hello of 256 bytes comes, and then comes byte by byte.
                    send(threads, SlowSenderTest::plain, "\26\3\1\1\0\1\0\0\374\3\3", "\0".repeat(40)));
            List<CompletableFuture<End>> bodies = List.of(
                    send(threads, server::socket, HEAD + "Content-Length: 500\r\n\r\n{\"uid\":\"u\",", " ".repeat(40)),
                    send(
                            threads,
                            server::socket,
                            HEAD + "Content-Length: 50000000\r\n\r\n{\"uid\":\"u\",",
                            " ".repeat(40)),
                    // Sends the uid, and then nothing.
                    send(threads, server::socket, HEAD + "Content-Length: 500\r\n\r\n{\"uid\":\"u\",", ""),
                    send(
                            threads,
                            server::socket,
                            HEAD + "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"uid\":\"u\",\r\nZZ\r\n",
                            ""));
            for (CompletableFuture<End> end : ends) {
                assertThat(end.get().after()).isLessThan(Duration.ofSeconds(10));
            }
            for (CompletableFuture<End> end : bodies) {
                assertThat(end.get().after()).isLessThan(Duration.ofSeconds(10));
                assertThat(end.get().answer())
                        .startsWith("HTTP/1.1 200")
                        .contains("\"uid\":\"u\"", "\"allowed\":false");
            }
        }
        Await.until(() -> server.metric("portcullis_http_body_in_flight_bytes{budget=\"admission\"}") == 0);
    }

    private static Socket plain() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.server.admissionPort());
    }

    /** Sends one part at once and the other a byte each half second, until the server is done. */
    private static CompletableFuture<End> send(
            ExecutorService threads, Opening opening, String atOnce, String bytewise) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Socket socket = opening.open()) {
                        return converse(socket, atOnce, bytewise);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                threads);
    }

    private static End converse(Socket socket, String atOnce, String bytewise) throws IOException {
        long start = System.nanoTime();
        StringBuilder answer = new StringBuilder();
        int sent = 0;
        try {
            socket.getOutputStream().write(atOnce.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(500);
            while (System.nanoTime() - start < Duration.ofSeconds(15).toNanos()) {
                try {
                    int next = socket.getInputStream().read();
                    if (next < 0) {
                        break;
                    }
                    answer.append((char) next);
                } catch (java.net.SocketTimeoutException e) {
                    if (sent < bytewise.length()) {
                        socket.getOutputStream().write(bytewise.charAt(sent++));
                        socket.getOutputStream().flush();
                    }
                }
            }
        } catch (IOException e) {
            // Reset by the server: done as well.
        }
        return new End(answer.toString(), Duration.ofNanos(System.nanoTime() - start));
    }
}
