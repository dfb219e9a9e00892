package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.RawSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that stop being HTTP/1.1 on a real engine: what BuildKit and WebSockets make of them, through the proxy. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerUpgradesIT {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: proxied}
            spec:
              profile: baseline
              acts: [{act: attach, mode: enforce, parameters: {namespaces: [%s]}}]
              docker: {open: [%s]}
            """;

    private static final String TO_HTTP2 =
            "POST %s HTTP/1.1\nHost: docker\nConnection: Upgrade\nUpgrade: h2c\nContent-Length: 0\n\n";
    /** What each side of HTTP/2 begins with: here without a setting. */
    private static final String BEGIN_OF_HTTP2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

    private static final String TO_WEBSOCKET = """
            GET /containers/%s/attach/ws?stream=1&stdin=1&stdout=1 HTTP/1.1
            Host: docker
            Origin: http://docker
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """;
    /** The key's answer in RFC 6455, section 1.3. */
    private static final String ACCEPTED = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

    @TempDir
    private Path folder;

    private DockerEngine engine;
    private ProxyProcess closed;
    private ProxyProcess open;

    @BeforeAll
    void start() {
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        engine = DockerEngine.start();
        engine.importImage("busybox:1", "USER 10001");
        closed = ProxyProcess.start(engine, POLICY.formatted("\"*\"", "build"));
        open = ProxyProcess.start(engine, POLICY.formatted("kube-system", "build, session, grpc"));
    }

    @AfterAll
    void stop() {
        Stream.of(closed, open, engine).filter(started -> started != null).forEach(started -> {
            try {
                started.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void buildsWithBuildKitOnlyWhereThePolicyOpensIt() throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /copied\nLABEL built=here\n");
        String client = clientWithBuildKit();

        CommandResult denied = build(client, closed.host(), "denied:1");
        assertThat(denied.exitCode()).isNotZero();
        // All that the client makes of an answer that is not the one it asked for.
        assertThat(denied.stderr()).contains("unable to upgrade to h2c, received 403");
        assertThat(engine.docker("inspect", "denied:1").exitCode()).isNotZero();

        CommandResult.succeeds(build(client, open.host(), "built:1"));
        assertThat(engine.docker("inspect", "--format", "{{.Config.Labels.built}}", "built:1")
                        .stdout())
                .isEqualTo("here\n");
    }

    @Test
    void speaksHttp2WithTheEngineOnlyWhereThePolicyOpensIt() {
        for (String route : List.of("/session", "/grpc")) {
            try (RawSocket client = RawSocket.connect(closed.socket())) {
                String denied = client.sendLines(TO_HTTP2.formatted(route)).readThrough("\"}");
                assertThat(denied)
                        .startsWith("HTTP/1.1 403 ")
                        .contains("POST " + route + " is closed, for no gate sees all that it brings")
                        .contains("docker: {open: [" + route.substring(1) + "]} (engine-route)");
            }
        }
        try (RawSocket client = RawSocket.connect(open.socket())) {
            assertThat(client.sendLines(TO_HTTP2.formatted("/grpc")).readHead()).startsWith("HTTP/1.1 101 ");
            client.send(BEGIN_OF_HTTP2);
            String settings = client.read(9);
            assertThat(settings.charAt(3)).as("the engine's frame of settings").isEqualTo('\4');
            client.read(settings.charAt(2));
            // It has read ours, and says so behind what else it begins with.
            assertThat(client.readThrough("\0\0\0\4\1\0\0\0\0")).isNotEmpty();
        }
    }

    @Test
    void passesAWebSocketAsTheEngineHasIt() {
        String direct = overWebSocket(engine.socket(), "direct");
        assertThat(direct).endsWith("through a frame\n");
        assertThat(overWebSocket(open.socket(), "proxied")).isEqualTo(direct);
    }

    @Test
    void deniesAWebSocketWhereNobodyMayAttach() {
        try (RawSocket client = RawSocket.connect(closed.socket())) {
            assertThat(client.sendLines(TO_WEBSOCKET.formatted("any")).readThrough("\"}"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("(attach)");
        }
    }

    private String overWebSocket(Path socket, String container) {
        CommandResult.succeeds(
                engine.docker("run", "-d", "-i", "--network=none", "--name=" + container, "busybox:1", "cat"));
        try (RawSocket client = RawSocket.connect(socket)) {
            String head = client.sendLines(TO_WEBSOCKET.formatted(container)).readHead();
            assertThat(head).startsWith("HTTP/1.1 101 ").contains(ACCEPTED, "Upgrade: websocket\r\n");
            return client.send(frame("through a frame\n")).readThrough("\n");
        } finally {
            engine.docker("rm", "--force", container);
        }
    }

    /** A frame of text, masked by nothing: as clients have to write it. */
    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }

    private CommandResult build(String client, String host, String image) {
        List<String> command = List.of(client, "--host", host, "build", "--tag", image, folder.toString());
        return CommandResult.of(command, Map.of("DOCKER_BUILDKIT", "1"));
    }

    /** The client of some distributions leaves BuildKit to a plugin, which need not be there; then another one may do. */
    private String clientWithBuildKit() {
        List<String> without = new ArrayList<>();
        for (Path client : DockerEngine.clients()) {
            CommandResult built = build(client.toString(), engine.host(), "direct:1");
            if (built.exitCode() == 0) {
                return client.toString();
            }
            without.add(client + ": " + built.stderr().lines().findFirst().orElse(""));
        }
        return Assumptions.abort("skipped: no docker client here builds with BuildKit: " + without);
    }
}
