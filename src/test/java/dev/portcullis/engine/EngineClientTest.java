package dev.portcullis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers badly; what answers well is a real engine, in the end-to-end tests. */
class EngineClientTest {
    private Path folder;
    private Path socket;
    private EngineClient client;
    private final CompletableFuture<String> request = new CompletableFuture<>();

    @BeforeEach
    void place() throws IOException {
        folder = Files.createTempDirectory("engine");
        socket = folder.resolve("s");
        client = new EngineClient(socket);
    }

    @AfterEach
    void clear() throws IOException {
        Files.deleteIfExists(socket);
        Files.delete(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.0 500 Internal Server Error;;{"message":"no"} | answered with status 500
            HTTP/1.0 301 Moved Permanently;Location: /;;         | answered with status 301
            HTTP/1.0 200 OK;Content-Length: 9;;{}                | did not answer to the end
            HTTP/1.1 200 OK;Transfer-Encoding: chunked;;2;{};0;; | did not answer to the end
            HTTP/1.0 200 OK;Content-Len                          | did not answer to the end
            SSH-2.0-server;;                                     | answered in no HTTP that is known
            HTTP/1.0 200 OK;;{"Id":                              | answered with what is not JSON
            HTTP/1.0 200 OK;;{} {}                               | answered with what is
            """)
    void takesNothingElseForAnAnswer(String answer, String problem) throws Exception {
        serve(channel -> write(channel, answer.replace(";", "\r\n")));
        assertThatThrownBy(() -> client.image("a", Deadline.in(Duration.ofSeconds(10))))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining(problem);
        assertThat(request.get()).startsWith("GET /images/a/json HTTP/1.0\r\n");
    }

    @Test
    void readsAnAnswer() throws Exception {
        serve(channel -> write(channel, "HTTP/1.0 200 OK\r\nContent-Length: 10\r\n\r\n{\"Id\":\"a\"}"));
        assertThat(client.volume("a", Deadline.in(Duration.ofSeconds(10))))
                .hasValueSatisfying(
                        found -> assertThat(found.path("Id").stringValue()).isEqualTo("a"));
    }

    @Test
    void knowsWhatIsNotThere() throws Exception {
        serve(channel -> write(channel, "HTTP/1.0 404 Not Found\r\n\r\n{\"message\":\"no such image\"}"));
        assertThat(client.image("a", Deadline.in(Duration.ofSeconds(10)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a?b", "a\r\nHost: x", "a#b", "ä", "a%2Fb"})
    void keepsANameAName(String name) throws Exception {
        serve(channel -> write(channel, "HTTP/1.0 404 Not Found\r\n\r\n"));
        client.container(name, Deadline.in(Duration.ofSeconds(10)));
        assertThat(request.get().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line)
                        .matches("GET /containers/[A-Za-z0-9%:]+/json HTTP/1.0")
                        .isEqualTo("GET /containers/" + encoded(name) + "/json HTTP/1.0"));
    }

    @Test
    void waitsNoLongerThanItMay() throws Exception {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        serve(channel -> answered.join());
        long start = System.nanoTime();
        assertThatThrownBy(() -> client.image("a", Deadline.in(Duration.ofMillis(200))))
                .hasMessageContaining("did not answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        answered.complete(null);
    }

    @Test
    void readsNoMoreThanAnEngineWouldSay() throws Exception {
        serve(channel -> {
            write(channel, "HTTP/1.0 200 OK\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                write(channel, " ".repeat(64 * 1024));
            }
        });
        assertThatThrownBy(() -> client.image("a", Deadline.in(Duration.ofSeconds(10))))
                .hasMessageContaining("more than");
    }

    @Test
    void tellsThatNobodyIsThere() {
        assertThatThrownBy(() -> client.image("a", Deadline.in(Duration.ofSeconds(10))))
                .hasMessageStartingWith("at " + socket + " cannot be reached");
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20").replace("%3A", ":");
    }

    /** Answers one request, and keeps it. */
    private void serve(Consumer<SocketChannel> answer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.startVirtualThread(() -> {
            try (server;
                    SocketChannel channel = server.accept()) {
                ByteBuffer head = ByteBuffer.allocate(4096);
                channel.read(head);
                request.complete(new String(head.array(), 0, head.position(), UTF_8));
                answer.accept(channel);
            } catch (IOException e) {
                request.completeExceptionally(e);
            }
        });
    }

    private static void write(SocketChannel channel, String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException gone) {
            // the client has heard enough
        }
    }
}
