package dev.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.RawSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two readers could take differently: refused before the gate is asked, and nothing reaches the engine. */
@Timeout(30)
final class HostileRequestsTest {
    private static final String POST = "POST /v1.41/containers/create HTTP/1.1\r\nHost: docker\r\n";

    @AutoClose
    private final ProxyUnderTest proxy = ProxyUnderTest.start();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: -1\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: 2, 2\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Content-Length:\r\n\r\n{}",
                "X: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
                " X: a\r\nContent-Length: 2\r\n\r\n{}",
                "X: a\rContent-Length: 2\r\n\r\n{}",
                "X: a\nContent-Length: 2\r\n\r\n{}",
                "X: a\u0000b\r\nContent-Length: 2\r\n\r\n{}",
                "X a\r\nContent-Length: 2\r\n\r\n{}",
                ": a\r\nContent-Length: 2\r\n\r\n{}",
                "X\u00e9: a\r\nContent-Length: 2\r\n\r\n{}",
                "Host: other\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}X\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n",
            })
    void refuses(String rest) {
        refusal(POST + rest, "HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @CsvSource({
        "'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505",
        "'GET /info HTTP/1.0\r\nHost: docker\r\n\r\n', 505",
        "'GET /info\r\n\r\n', 505",
        "'GET /info HTTP/1.1\r\n\r\n', 400",
        "'get /info HTTP/1.1\r\nHost: docker\r\n\r\n', 400",
        "'GET /info HTTP/1.1\nHost: docker\n\n', 400",
        "'GET /in fo HTTP/1.1\r\nHost: docker\r\n\r\n', 400",
        "'\u0016\u0003\u0001\u0002\u0000\u0001', 400",
        "'POST /info HTTP/1.1\r\nHost: docker\r\nExpect: tea\r\n\r\n', 417",
    })
    void refusesTheLine(String request, int status) {
        refusal(request, "HTTP/1.1 " + status + " ");
    }

    @Test
    void refusesWhatIsTooLong() {
        refusal("GET /" + "a".repeat(40_000) + " HTTP/1.1\r\nHost: docker\r\n\r\n", "HTTP/1.1 414 ");
        refusal(POST + "X: " + "a".repeat(70_000) + "\r\n\r\n", "HTTP/1.1 431 ");
        refusal(POST + "X: a\r\n".repeat(20_000) + "\r\n", "HTTP/1.1 431 ");
    }

    @Test
    void holdsNoBodyOverFourMebibytes() {
        String body = " ".repeat((4 << 20) + 1);
        refusal(POST + "Content-Length: " + body.length() + "\r\n\r\n" + body, "HTTP/1.1 413 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "H2C", "h2c, tcp", "tcp", "websocket"})
    void deniesUpgradesThatARouteDoesNotHave(String protocol) {
        String request =
                "POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n\r\n";
        try (RawSocket client = proxy.client()) {
            client.send(request);
            assertThat(client.readHead()).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void neverPassesOnWhatNamesHeadersOfOneConnection() {
        try (RawSocket client = proxy.client()) {
            client.sendLines("""
                    GET /info HTTP/1.1
                    Host: docker
                    Connection: close, X-Kept
                    Keep-Alive: 1
                    TE: trailers
                    Trailer: X
                    X-Kept: yes

                    """);
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).isEqualTo("GET /info HTTP/1.1\r\nHost: docker\r\nX-Kept: yes\r\n\r\n");
            }
        }
    }

    /** Refused with an error that clients show, and the connection closed, so that nothing behind it counts. */
    private void refusal(String request, String status) {
        try (RawSocket client = proxy.client()) {
            client.send(request).endOutput();
            assertThat(client.readAll())
                    .startsWith(status)
                    .contains("Connection: close\r\n", "{\"message\":\"portcullis cannot read the request: ")
                    .containsOnlyOnce("Connection: close");
        }
        assertThat(proxy.asked).isEmpty();
    }
}
