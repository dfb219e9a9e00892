package dev.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.RawSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What outlasts a request and its answer: connections that change hands, halves that end, and more than fits into memory. */
@Timeout(60)
final class ProxyStreamsTest {
    private static final String ATTACH =
            "POST /v1.41/containers/x/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\nHost: docker\n";
    private static final String UPGRADE = "Connection: Upgrade\nUpgrade: tcp\n\n";
    private static final String SWITCHED = """
            HTTP/1.1 101 UPGRADED
            Content-Type: application/vnd.docker.raw-stream
            Connection: Upgrade
            Upgrade: tcp

            """;
    private static final int PART = 1 << 16;

    @AutoClose
    private final ProxyUnderTest proxy = ProxyUnderTest.start().deciding(ProxyUnderTest::stream);

    @Test
    void becomesAPipeOnceTheEngineSwitches() {
        try (RawSocket client = proxy.client()) {
            client.sendLines(ATTACH + UPGRADE);
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).contains("Connection: Upgrade\r\n", "Upgrade: tcp\r\n");
                engine.sendLines(SWITCHED).send("hello");
                assertThat(client.readHead())
                        .startsWith("HTTP/1.1 101 UPGRADED\r\n")
                        .contains("Connection: Upgrade\r\n", "Upgrade: tcp\r\n");
                assertThat(client.read(5)).isEqualTo("hello");

                client.send("GET /evil HTTP/1.1\r\n\r\n\0\1");
                assertThat(engine.read(24)).isEqualTo("GET /evil HTTP/1.1\r\n\r\n\0\1");
                assertThat(proxy.asked).hasSize(1);
            }
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void becomesAPipeForClientsThatAskForNoUpgrade() {
        try (RawSocket client = proxy.client()) {
            client.sendLines(ATTACH + "\n").send("early");
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                engine.sendLines("HTTP/1.1 200 OK\nContent-Type: application/vnd.docker.raw-stream\n\n");
                assertThat(client.readHead()).doesNotContain("chunked", "Connection");
                assertThat(engine.read(5)).isEqualTo("early");
                engine.send("out");
                assertThat(client.read(3)).isEqualTo("out");
            }
        }
    }

    @Test
    void endsTheEnginesInputWithTheClientsAndGoesOnWithTheOutput() {
        try (RawSocket client = proxy.client();
                RawSocket engine = attached(client)) {
            client.send("input").endOutput();
            assertThat(engine.readAll()).isEqualTo("input");

            engine.send("late output");
            assertThat(client.read(11)).isEqualTo("late output");
            engine.endOutput();
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void endsTheEnginesConnectionWithTheClients() {
        RawSocket client = proxy.client();
        try (RawSocket engine = attached(client)) {
            client.close();
            assertThat(engine.readAll()).isEmpty();
        }
    }

    @Test
    void staysHttpWhereTheEngineRefusesToSwitch() {
        try (RawSocket client = proxy.client()) {
            client.sendLines(ATTACH + UPGRADE);
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                engine.sendLines("HTTP/1.1 404 Not Found\nContent-Length: 2\n\n{}");
            }
            assertThat(client.readThrough("{}")).startsWith("HTTP/1.1 404 ");
            client.sendLines("GET /info HTTP/1.1\nHost: docker\n\n");
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).startsWith("GET /info ");
            }
        }
        assertThat(proxy.asked).hasSize(2);
    }

    @Test
    void letsNoOtherRequestSwitch() {
        proxy.deciding(ProxyUnderTest::allow);
        try (RawSocket client = proxy.client()) {
            client.sendLines("GET /info HTTP/1.1\nHost: docker\n\n");
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                engine.sendLines(SWITCHED);
                client.send("raw");
                assertThat(engine.readAll()).isEmpty();
            }
            assertThat(client.readAll()).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void streamsAnArchiveUpAndHoldsBackAClientThatIsFasterThanTheEngine() {
        long total = 64L << 20;
        AtomicLong sent = new AtomicLong();
        try (RawSocket client = proxy.client()) {
            client.sendLines("POST /v1.41/images/load HTTP/1.1\nHost: docker\nTransfer-Encoding: chunked\n\n");
            CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> {
                byte[] part = new byte[PART];
                for (long done = 0; done < total; done += PART) {
                    client.send(Integer.toHexString(PART) + "\r\n").send(part).send("\r\n");
                    sent.addAndGet(PART);
                }
                client.send("0\r\n\r\n");
            });
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).contains("Transfer-Encoding: chunked\r\n");
                assertThat(settled(sent)).isLessThan(8L << 20);

                assertThat(drain(engine, total, true)).isGreaterThan(total);
                upload.join();
                engine.sendLines("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
        assertThat(ProxyUnderTest.body(proxy.asked.remove())).isEqualTo("(not read)");
    }

    @Test
    void streamsAnArchiveDownAndHoldsBackAnEngineThatIsFasterThanTheClient() {
        long total = 64L << 20;
        AtomicLong sent = new AtomicLong();
        try (RawSocket client = proxy.client()) {
            client.sendLines("GET /v1.41/images/x/get HTTP/1.1\nHost: docker\n\n");
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                engine.sendLines("HTTP/1.1 200 OK\nContent-Length: " + total + "\n\n");
                CompletableFuture<Void> download = CompletableFuture.runAsync(() -> {
                    byte[] part = new byte[PART];
                    for (long done = 0; done < total; done += PART) {
                        engine.send(part);
                        sent.addAndGet(PART);
                    }
                });
                client.readHead();
                assertThat(settled(sent)).isLessThan(8L << 20);

                assertThat(drain(client, total, false)).isEqualTo(total);
                download.join();
            }
        }
    }

    @Test
    void passesAnAnswerThatComesBeforeTheUploadHasEnded() {
        try (RawSocket client = proxy.client()) {
            client.sendLines("POST /v1.41/build HTTP/1.1\nHost: docker\nContent-Length: 1000000\n\n")
                    .send("some");
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                assertThat(engine.read(4)).isEqualTo("some");
                engine.sendLines("HTTP/1.1 400 Bad Request\nContent-Length: 2\n\n{}");
            }
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Connection: close")
                    .endsWith("{}");
        }
    }

    @Test
    void passesEachPartOfAStreamWhenItComes() {
        try (RawSocket client = proxy.client()) {
            client.sendLines("GET /v1.41/events HTTP/1.1\nHost: docker\n\n");
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                engine.sendLines("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
                client.readHead();
                for (String event : new String[] {"one", "two"}) {
                    engine.sendLines("3\n" + event + "\n");
                    assertThat(client.readThrough(event + "\r\n")).isEqualTo("3\r\n" + event + "\r\n");
                }
            }
        }
    }

    private RawSocket attached(RawSocket client) {
        client.sendLines(ATTACH + UPGRADE);
        RawSocket engine = proxy.engine();
        engine.readHead();
        engine.sendLines(SWITCHED);
        client.readHead();
        return engine;
    }

    /** How much has been sent once nothing more goes out. */
    private static long settled(AtomicLong sent) {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300)).until(() -> last.getAndSet(sent.get()) == sent.get());
        return sent.get();
    }

    /** Reads at least so many bytes, and with chunks all of them up to the last. */
    private static long drain(RawSocket side, long total, boolean chunked) {
        ByteBuffer buffer = ByteBuffer.allocate(PART);
        long read = 0;
        byte[] end = new byte[5];
        while (read < total
                || (chunked && !new String(end, java.nio.charset.StandardCharsets.US_ASCII).equals("0\r\n\r\n"))) {
            buffer.clear();
            int count = side.read(buffer);
            assertThat(count).isPositive();
            read += count;
            for (int i = Math.max(0, count - end.length); i < count; i++) {
                System.arraycopy(end, 1, end, 0, end.length - 1);
                end[end.length - 1] = buffer.get(i);
            }
        }
        return read;
    }
}
