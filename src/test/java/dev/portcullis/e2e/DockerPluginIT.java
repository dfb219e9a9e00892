package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.engine.KnownBypasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A real engine asks a real Portcullis on the socket where engines look for plugins. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DockerPluginIT {
    private static final Path FIXTURES = Path.of("src/test/docker");
    /** Engines look here and nowhere else; the name keeps this one apart from all others of the machine. */
    private static final Path PLUGINS = Path.of("/run/docker/plugins");

    private static final String NAME = "portcullis-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private static final Path SOCKET = PLUGINS.resolve(NAME + ".sock");
    private static final String GOOD = "--network none --read-only --pids-limit 64 --security-opt no-new-privileges";

    private static DockerEngine engine;
    private static PortcullisProcess portcullis;

    @BeforeAll
    static void start() {
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        engine = DockerEngine.start();
        engine.importImage("root:1");
        engine.importImage("app:1", "USER 10001");
        // What the gate would not let anybody make.
        require(engine.docker("volume", "create", "data"));
        require(engine.docker("volume", "create", "-o", "type=none", "-o", "o=bind", "-o", "device=/etc", "etc"));
        require(engine.docker("create", "--name", "bound", "--volume", "/etc:/x", "app:1", "true"));
        require(engine.docker("create", "--name", "mounted", "--volume", "etc:/x", "app:1", "true"));
        require(engine.docker("create", "--name", "privileged", "--privileged", "app:1", "true"));
        require(engine.docker(("create --name plain " + GOOD + " app:1 sleep 60").split(" ")));
        portcullis = serve();
        engine.restart("--authorization-plugin=" + NAME);
    }

    private static PortcullisProcess serve() {
        return PortcullisProcess.start(
                "localhost", "--docker-socket", SOCKET.toString(), "--portcullis.docker.engine=" + engine.socket());
    }

    @AfterAll
    static void stop() {
        if (engine != null) {
            engine.close();
        }
        if (portcullis != null) {
            portcullis.close();
        }
    }

    /** Lines of {@code allow:} or {@code deny CHECK:} and what is given to {@code docker}. */
    static Stream<Arguments> fixtures() throws IOException {
        List<Arguments> fixtures = new ArrayList<>();
        try (Stream<Path> files = Files.list(FIXTURES)) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        int colon = line.indexOf(": ");
                        fixtures.add(Arguments.of(line.substring(0, colon), line.substring(colon + 2)));
                    }
                }
            }
        }
        return fixtures.stream();
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("fixtures")
    void decides(String verdict, String command) {
        CommandResult result = engine.docker(command.split(" "));
        if (verdict.equals("allow")) {
            assertThat(result.stderr()).doesNotContain("authorization denied");
            assertThat(result.exitCode()).as(result.stderr()).isZero();
            return;
        }
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.stderr())
                .contains("authorization denied by plugin " + NAME)
                .contains(verdict.substring("deny ".length()));
    }

    @Order(1)
    @Test
    void tellsWhatTheEngineIsKnownToLetPass() {
        String version = engine.docker("version", "--format", "{{.Server.Version}}")
                .stdout()
                .strip();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(portcullis.log())
                        .content()
                        .contains("guards Docker engine " + version)
                        .contains(KnownBypasses.of(version)));
    }

    @Order(1)
    @Test
    void whatItSaysToAddIsAllowed() {
        CommandResult denied = engine.docker("run", "--network", "none", "root:1", "id", "-u");
        List<String> command = new ArrayList<>(List.of("run", "--network", "none"));
        Matcher flags = Pattern.compile("add (--[^;(\n]+)").matcher(denied.stderr());
        while (flags.find()) {
            command.addAll(List.of(flags.group(1).strip().split(" ")));
        }
        command.addAll(List.of("root:1", "id", "-u"));
        CommandResult allowed = engine.docker(command.toArray(String[]::new));
        assertThat(allowed.stderr()).as(denied.stderr()).isEmpty();
        assertThat(allowed.stdout()).isEqualTo("10001\n");
    }

    /** What was made before the gate was there is judged as it is. */
    @Order(1)
    @Test
    void judgesContainersWhenTheyStart() {
        assertThat(engine.docker("start", "privileged").stderr()).contains("HostConfig.Privileged (privileged)");
        assertThat(engine.docker("start", "bound").stderr()).contains("sensitive-host-paths");
        assertThat(engine.docker("restart", "privileged").stderr()).contains("HostConfig.Privileged (privileged)");
        CommandResult plain = engine.docker("start", "plain");
        assertThat(plain.exitCode()).as(plain.stderr()).isZero();
        assertThat(engine.docker("exec", "plain", "id", "-u").stdout()).isEqualTo("10001\n");
        assertThat(engine.docker("exec", "--privileged", "plain", "id").stderr())
                .contains("exec-privileged");
        assertThat(engine.docker("update", "--pids-limit", "-1", "plain").stderr())
                .contains("update-loosens-limits");
        assertThat(engine.docker("rm", "--force", "plain").exitCode()).isZero();
    }

    /** A name may stand for another image by the time that it is started. */
    @Order(1)
    @Test
    void judgesByTheImageAtEveryCreate() {
        require(engine.docker("tag", "app:1", "moving:1"));
        assertThat(engine.docker(("create " + GOOD + " moving:1 true").split(" "))
                        .exitCode())
                .isZero();
        require(engine.docker("tag", "root:1", "moving:1"));
        assertThat(engine.docker(("create " + GOOD + " moving:1 true").split(" "))
                        .stderr())
                .contains("run-as-non-root");
    }

    /** The bypasses of docker-engine.md that this version of the engine shows: each made a privileged container once. */
    @Order(1)
    @Test
    void cannotBeBypassed() throws IOException {
        String host = "\"ReadonlyRootfs\":true,\"PidsLimit\":64,\"SecurityOpt\":[\"no-new-privileges\"]";
        String image = "\"Image\":\"app:1\",\"Cmd\":[\"true\"]";
        String privileged = "{" + image + ",\"HostConfig\":{\"Privileged\":true," + host + "}}";
        String good = "{" + image + ",\"HostConfig\":{" + host + "}}";
        String json = "application/json";
        assertThat(raw("/v1.41/containers/create", json, good)).startsWith("HTTP/1.1 201");
        assertThat(raw("/v1.41/containers/create", "Application/JSON; charset=utf-8", good))
                .startsWith("HTTP/1.1 201");
        for (String uri : List.of(
                "/v1.41/containers/create",
                "/v1.41/containers/%63reate",
                "/v1.%34%31/containers/create",
                "/containers/create",
                "http://evil/v1.41/containers/create",
                "/v1.18/containers/create")) {
            assertThat(raw(uri, json, privileged)).as(uri).startsWith("HTTP/1.1 403");
        }
        for (String body : List.of(
                "{" + image + ",\"hostconfig\":{\"privileged\":true," + host + "}}",
                "{" + image + ",\"Ho\u017ftConfig\":{\"Privileged\":true," + host + "}}",
                "{" + image + ",\"HostConfig\":{\"Privileged\":true," + host + "},\"HostConfig\":{}}",
                "{" + image + ",\"Privileged\":true,\"Binds\":[\"/:/host\"]}",
                good.replace("no-new-privileges\"", "no-new-privileges\",\"seccomp:unconfined\""),
                // Before 29.3.1 an engine takes a body of a MiB, and shows none of it.
                privileged.replace("{" + image, "{\"Labels\":{\"a\":\"" + "a".repeat(1 << 20) + "\"}," + image),
                "")) {
            assertThat(raw("/v1.41/containers/create", json, body))
                    .as(body.substring(0, Math.min(100, body.length())))
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(raw("/v1.23/containers/bound/start", json, "{\"Privileged\":true}"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("/libpod/containers/create", json, good)).doesNotStartWith("HTTP/1.1 20");
    }

    /** Each asks the engine in turn, which asks the gate in turn. */
    @Order(2)
    @Test
    void decidesManyAtOnce() throws Exception {
        String good =
                "{\"Image\":\"app:1\",\"Cmd\":[\"true\"],\"HostConfig\":{\"ReadonlyRootfs\":true,\"PidsLimit\":64,"
                        + "\"SecurityOpt\":[\"no-new-privileges\"],\"Binds\":[\"data:/data\"]}}";
        String bad = good.replace("\"PidsLimit\":64", "\"PidsLimit\":-1");
        List<Callable<String>> requests = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String body = i % 10 == 0 ? good : bad;
            requests.add(() -> raw("/v1.41/containers/create", "application/json", body));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = threads.invokeAll(requests);
            for (int i = 0; i < answers.size(); i++) {
                String answer = answers.get(i).get();
                assertThat(answer).startsWith(i % 10 == 0 ? "HTTP/1.1 201" : "HTTP/1.1 403");
            }
        }
    }

    /** Last: the engine waits 15 seconds for a plugin that is gone. */
    @Order(3)
    @Test
    void failsClosedWithoutItsPluginAndServesAgainWithIt() {
        portcullis.close();
        CommandResult without = engine.docker("version");
        assertThat(engine.docker(("create " + GOOD + " app:1 true").split(" ")).exitCode())
                .isNotZero();
        assertThat(without.stdout()).doesNotContain("Server:");

        portcullis = serve();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> engine.docker(("create " + GOOD + " app:1 true").split(" "))
                                .exitCode()
                        == 0);
    }

    private static void require(CommandResult result) {
        assertThat(result.exitCode()).as(result.stderr()).isZero();
    }

    /** A request as a client of no good will would send it. */
    private static String raw(String uri, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String head = "POST " + uri + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(engine.socket()))) {
            try {
                write(channel, head.getBytes(UTF_8));
                write(channel, bytes);
            } catch (IOException refused) {
                // the engine has heard enough; its answer is there all the same
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(answer);
            return answer.toString(UTF_8);
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }
}
