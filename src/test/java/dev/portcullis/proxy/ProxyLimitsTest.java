package dev.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.RawSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a proxy holds at most, how long it waits, and how it begins and ends. */
@Timeout(20)
final class ProxyLimitsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String GET = "GET /info HTTP/1.1\nHost: docker\n\n";

    @TempDir
    private Path folder;

    private static ProxyLimits limits(int connections, Duration head, Duration body, Duration idle, Duration stop) {
        return new ProxyLimits(connections, 1 << 14, 1 << 13, 1 << 20, 1 << 20, head, body, idle, SHORT, stop);
    }

    @Test
    void refusesMoreConnectionsThanItMayHold() throws IOException {
        try (ProxyUnderTest proxy = new ProxyUnderTest(folder, limits(2, LONG, LONG, LONG, SHORT));
                RawSocket first = proxy.client();
                RawSocket second = proxy.client();
                RawSocket third = proxy.client()) {
            assertThat(third.readAll()).startsWith("HTTP/1.1 503 ").contains("2 connections");

            first.sendLines(GET);
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).startsWith("GET /info ");
            }
            second.sendLines(GET);
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).startsWith("GET /info ");
            }
        }
    }

    @Test
    void holdsNoMoreBytesOfAllBodiesThanItMay() throws IOException {
        CountDownLatch decided = new CountDownLatch(1);
        String create = "POST /containers/create HTTP/1.1\nHost: docker\nContent-Length: ";
        try (ProxyUnderTest proxy = new ProxyUnderTest(folder, limits(9, LONG, LONG, LONG, SHORT));
                RawSocket first = proxy.client();
                RawSocket second = proxy.client()) {
            proxy.deciding(call -> {
                awaitUninterrupted(decided);
                return ProxyUnderTest.allow(call);
            });
            first.sendLines(create + "1000000\n\n").send("a".repeat(1_000_000));
            await().until(() -> !proxy.asked.isEmpty());
            second.sendLines(create + "100000\n\n").send("a".repeat(100_000)).endOutput();
            assertThat(second.readAll()).startsWith("HTTP/1.1 503 ").contains("in a moment");

            decided.countDown();
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).contains("Content-Length: 1000000\r\n");
            }
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endsWhoeverSendsTooSlowly() throws IOException {
        try (ProxyUnderTest proxy = new ProxyUnderTest(folder, limits(9, SHORT, SHORT, LONG, SHORT))) {
            try (RawSocket client = proxy.client()) {
                client.send("GET /info HT");
                assertThat(client.readAll()).startsWith("HTTP/1.1 408 ").contains("took too long");
            }
            try (RawSocket client = proxy.client()) {
                client.sendLines("POST /containers/create HTTP/1.1\nHost: docker\nContent-Length: 2\n\n{");
                assertThat(client.readAll()).startsWith("HTTP/1.1 408 ").contains("took too long");
            }
            assertThat(proxy.asked).isEmpty();
        }
    }

    @Test
    void endsConnectionsThatAreIdleButNoStream() throws IOException {
        try (ProxyUnderTest proxy = new ProxyUnderTest(folder, limits(9, LONG, LONG, SHORT, SHORT));
                RawSocket idle = proxy.client();
                RawSocket client = proxy.client()) {
            client.sendLines(GET);
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                assertThat(idle.readAll()).isEmpty();

                engine.sendLines("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            }
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void finishesWhatIsInProgressBeforeItStops() throws IOException {
        try (ProxyUnderTest proxy = new ProxyUnderTest(folder, limits(9, LONG, LONG, LONG, LONG));
                RawSocket idle = proxy.client();
                RawSocket client = proxy.client()) {
            client.sendLines(GET);
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                CompletableFuture<Void> stopped =
                        CompletableFuture.runAsync(() -> proxy.proxy().close());
                assertThat(idle.readAll()).isEmpty();
                assertThat(proxy.socket()).doesNotExist();
                assertThat(stopped).isNotDone();

                engine.sendLines("HTTP/1.1 200 OK\nContent-Length: 4\n\nlate");
                assertThat(client.readAll()).startsWith("HTTP/1.1 200 ").endsWith("late");
                stopped.join();
            }
        }
    }

    @Test
    void endsStreamsThatOutlastTheTimeToStop() throws IOException {
        try (ProxyUnderTest proxy = new ProxyUnderTest(folder, limits(9, LONG, LONG, LONG, SHORT));
                RawSocket client = proxy.client()) {
            client.sendLines(GET);
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                engine.sendLines("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
                client.readHead();
                proxy.proxy().close();
                assertThat(client.readAll()).isEmpty();
                assertThat(engine.readAll()).isEmpty();
            }
        }
    }

    @Test
    void replacesASocketThatNobodyListensOn() throws IOException {
        Path socket = folder.resolve("proxy.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        assertThat(socket).exists();
        try (ProxyUnderTest proxy = new ProxyUnderTest(folder, ProxyLimits.DEFAULT);
                RawSocket client = proxy.client()) {
            client.sendLines(GET);
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).startsWith("GET /info ");
            }
        }
    }

    @Test
    void leavesAloneWhatIsNotItsOwn() throws IOException {
        Path socket = folder.resolve("proxy.sock");
        try (ServerSocketChannel other =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
            assertThatThrownBy(() -> new ProxyUnderTest(folder, ProxyLimits.DEFAULT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody listens");
            assertThat(other.isOpen()).isTrue();
        }
        Files.delete(socket);
        Files.delete(folder.resolve("engine.sock"));
        Files.writeString(socket, "precious");
        assertThatThrownBy(() -> new ProxyUnderTest(folder, ProxyLimits.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no socket");
        assertThat(socket).hasContent("precious");
    }
}
