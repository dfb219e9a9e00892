package dev.portcullis.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.RawSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Between a raw client and a raw engine: what goes on to the engine, and what comes back. */
@Timeout(20)
final class DockerProxyTest {
    private static final String CREATE = "POST /v1.41/containers/create?name=web HTTP/1.1\nHost: docker\nX-Kept: yes\n";

    @AutoClose
    private final ProxyUnderTest proxy = ProxyUnderTest.start();

    @Test
    void passesARequestAndItsAnswerAndTakesTheNextOnTheSameConnection() {
        try (RawSocket client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                client.sendLines("GET /_ping HTTP/1.1\nHost: docker\nUser-Agent: Docker-Client\n\n");
                try (RawSocket engine = proxy.engine()) {
                    assertThat(engine.readHead())
                            .isEqualTo("GET /_ping HTTP/1.1\r\nHost: docker\r\nUser-Agent: Docker-Client\r\n\r\n");
                    engine.sendLines("HTTP/1.1 200 OK\nApi-Version: 1.41\nContent-Length: 2\n\nOK");
                    assertThat(client.readThrough("OK\r\n")).isEqualTo("HTTP/1.1 200 OK\r\n");
                    assertThat(client.readThrough("\r\n\r\nOK"))
                            .isEqualTo("Api-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK");
                }
            }
        }
    }

    @Test
    void sendsTheJudgedBodyInOneSpelling() {
        try (RawSocket client = proxy.client()) {
            client.sendLines("""
                    POST http://other/v1.%34%31/containers/%63reate?name=a%62 HTTP/1.1
                    Host: docker
                    Content-Type: application/json
                    Transfer-Encoding: chunked

                    3
                    {"a
                    4
                    ":1}
                    0

                    """);
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead())
                        .startsWith("POST /v1.41/containers/create?name=ab HTTP/1.1\r\n")
                        .contains("Content-Length: 7\r\n")
                        .doesNotContain("Transfer-Encoding");
                assertThat(engine.read(7)).isEqualTo("{\"a\":1}");
            }
        }
        assertThat(ProxyUnderTest.body(proxy.asked.remove())).isEqualTo("{\"a\":1}");
    }

    @Test
    void putsThePatchedBodyInPlaceOfTheSentOneAndItsWarningsBesideTheEngines() {
        proxy.deciding(call -> new Verdict.Forward(
                ProxyUnderTest.target(call.uri()), "{\"patched\":true}".getBytes(UTF_8), List.of("ours"), Set.of()));
        try (RawSocket client = proxy.client()) {
            client.sendLines(CREATE + "Content-Length: 2\n\n{}");
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).contains("X-Kept: yes\r\n", "Content-Length: 16\r\n");
                assertThat(engine.read(16)).isEqualTo("{\"patched\":true}");
                engine.sendLines(
                        "HTTP/1.1 201 Created\nContent-Length: 32\n\n{\"Id\":\"x\",\"Warnings\":[\"theirs\"]}");
            }
            String head = client.readHead();
            assertThat(head).startsWith("HTTP/1.1 201 Created\r\n").contains("Content-Length: 39\r\n");
            assertThat(client.read(39)).isEqualTo("{\"Id\":\"x\",\"Warnings\":[\"theirs\",\"ours\"]}");
        }
    }

    @Test
    void deniesInTheEnginesOwnFormWithoutTheEngineAndTakesTheNextRequest() {
        proxy.deciding(
                call -> call.uri().contains("create") ? new Verdict.Deny("no \"root\"") : ProxyUnderTest.allow(call));
        try (RawSocket client = proxy.client()) {
            client.sendLines(CREATE + "Content-Length: 2\n\n{}GET /info HTTP/1.1\nHost: docker\n\n");
            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 403 Forbidden\r\n")
                    .contains("Content-Type: application/json\r\n");
            assertThat(client.read("{\"message\":\"no \\\"root\\\"\"}".length()))
                    .isEqualTo("{\"message\":\"no \\\"root\\\"\"}");
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).startsWith("GET /info ");
            }
        }
    }

    @Test
    void deniesWhereTheGateFails() {
        proxy.deciding(call -> {
            throw new IllegalStateException("broken on purpose");
        });
        try (RawSocket client = proxy.client()) {
            client.sendLines(CREATE + "Content-Length: 2\n\n{}");
            assertThat(client.readHead()).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        try (RawSocket client = proxy.client()) {
            client.sendLines("GET /one HTTP/1.1\nHost: docker\n\nGET /two HTTP/1.1\nHost: docker\n\n");
            try (RawSocket first = proxy.engine()) {
                assertThat(first.readHead()).startsWith("GET /one ").doesNotContain("two");
                first.sendLines("HTTP/1.1 200 OK\nContent-Length: 3\n\n");
                first.send("one");
            }
            assertThat(client.readThrough("one")).contains("200");
            try (RawSocket second = proxy.engine()) {
                assertThat(second.readHead()).startsWith("GET /two ");
                second.sendLines("HTTP/1.1 200 OK\nContent-Length: 3\n\ntwo");
            }
            assertThat(client.readThrough("two")).contains("200");
        }
    }

    @Test
    void letsAClientWaitForPermissionToSendItsBody() {
        try (RawSocket client = proxy.client()) {
            client.sendLines(CREATE + "Content-Length: 2\nExpect: 100-continue\n\n");
            assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("{}");
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).doesNotContain("Expect");
                assertThat(engine.read(2)).isEqualTo("{}");
            }
        }
    }

    @Test
    void passesAnAnswerWithoutBodyToHead() {
        try (RawSocket client = proxy.client()) {
            client.sendLines("HEAD /containers/x/archive?path=%2F HTTP/1.1\nHost: docker\n\n");
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).startsWith("HEAD /containers/x/archive?path=%2F ");
                engine.sendLines("HTTP/1.1 200 OK\nContent-Length: 99\nX-Stat: a\n\n");
                assertThat(client.readHead()).contains("Content-Length: 99\r\n", "X-Stat: a\r\n");
            }
            client.sendLines("GET /info HTTP/1.1\nHost: docker\n\n");
            try (RawSocket engine = proxy.engine()) {
                assertThat(engine.readHead()).startsWith("GET /info ");
            }
        }
    }

    @Test
    void tellsWhatToDoWhereTheEngineIsGone() throws IOException {
        proxy.endEngine();
        try (RawSocket client = proxy.client()) {
            client.sendLines("GET /info HTTP/1.1\nHost: docker\n\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 Bad Gateway\r\n");
            assertThat(client.readThrough("}")).contains("cannot reach the Docker engine", "systemctl status docker");
        }
    }

    @Test
    void saysSoWhereTheEngineEndsWithoutAnAnswer() {
        try (RawSocket client = proxy.client()) {
            client.sendLines("GET /info HTTP/1.1\nHost: docker\n\n");
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
            }
            assertThat(client.readAll()).startsWith("HTTP/1.1 502 ").contains("ended the connection without an answer");
        }
    }

    @Test
    void neverMakesACutOffAnswerLookWhole() {
        try (RawSocket client = proxy.client()) {
            client.sendLines("GET /images/x/get HTTP/1.1\nHost: docker\n\n");
            try (RawSocket engine = proxy.engine()) {
                engine.readHead();
                engine.sendLines("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n");
            }
            assertThat(client.readAll()).endsWith("3\r\nabc\r\n");
        }
    }

    @Test
    void endsWhatTheEngineDoesForAClientThatIsGone() {
        RawSocket client = proxy.client();
        client.sendLines("GET /events HTTP/1.1\nHost: docker\n\n");
        try (RawSocket engine = proxy.engine()) {
            engine.readHead();
            engine.sendLines("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
            client.readHead();
            client.close();
            assertThat(engine.readAll()).isEmpty();
        }
    }

    @Test
    void servesOwnerAndGroupAndTakesItsSocketAway() throws IOException {
        assertThat(Files.getPosixFilePermissions(proxy.socket()))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw----"));
        proxy.proxy().close();
        assertThat(proxy.socket()).doesNotExist();
    }
}
