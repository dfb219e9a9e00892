package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a Docker host is told, and what is written there only where it says so. */
class DockerSetupTest {
    @TempDir
    private Path root;

    @Test
    void printsEveryFileAndHowToGoOn() {
        CommandRun run = CommandRun.of("docker", "setup");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("# /etc/systemd/system/portcullis.service\n[Unit]\n", "Before=docker.service")
                .contains("# /etc/docker/daemon.json\n{", "# /etc/docker/plugins/portcullis.json", "\"CAFile\"")
                .contains("--portcullis.default-mode=warn", "print this again with --enforce");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void saysNothingOfWhatIsToComeWhereItDenies() {
        assertThat(CommandRun.of("docker", "setup", "--enforce").out())
                .contains("--portcullis.default-mode=enforce")
                .doesNotContain("Nothing is denied yet");
    }

    @Test
    void writesWhatIsNotThereAndLeavesWhatIs() throws Exception {
        Path daemon = root.resolve("etc/docker/daemon.json");
        assertThat(CommandRun.of("docker", "setup", "--write", root.toString()).code())
                .isZero();
        JsonNode written = JsonMapper.shared().readTree(Files.readString(daemon));
        assertThat(written.at("/authorization-plugins/0").stringValue("")).isEqualTo("portcullis");
        assertThat(written.path("icc").booleanValue(true)).isFalse();
        assertThat(root.resolve("etc/systemd/system/portcullis.service"))
                .content()
                .contains("--docker-socket");

        Files.writeString(daemon, "{}");
        CommandRun again = CommandRun.of("docker", "setup", "--write", root.toString());

        assertThat(again.code()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(again.err()).contains(daemon + " is there and stays as it is");
        assertThat(daemon).content().isEqualTo("{}");
    }

    @Test
    void findsThatNobodyListensWhereASocketIsLeft() throws Exception {
        Path left = root.resolve("left.sock");
        try (ServerSocketChannel ended = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            ended.bind(UnixDomainSocketAddress.of(left));
        }
        assertThat(left).exists();
        CommandRun run = CommandRun.of("docker", "setup", "--wait=0", "--check", left.toString());
        assertThat(run.code()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(run.err()).startsWith("portcullis: nobody answers (").contains("on " + left);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 200 ;;{"Implements":["authz"]}        |
            HTTP/1.0 200 OK;;{"Implements":["authz"]}      |
            HTTP/1.1 404 ;;{"Implements":["authz"]}        | what answers is no authorization plugin
            HTTP/1.1 200 ;;{"Implements":["VolumeDriver"]} | what answers is no authorization plugin
                                                           | somebody listens and does not answer
            """)
    void asksAsAnEngineDoes(@Nullable String answer, @Nullable String problem) throws Exception {
        Path socket = root.resolve("plugin.sock");
        CompletableFuture<String> asked = new CompletableFuture<>();
        CountDownLatch over = new CountDownLatch(1);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.startVirtualThread(() -> serve(server, answer, asked, over));
            CommandRun run = CommandRun.of(
                    "docker", "setup", answer == null ? "--wait=1" : "--wait=60", "--check", socket.toString());
            over.countDown();
            assertThat(asked.get()).startsWith("POST /Plugin.Activate HTTP/1.0\r\n");
            assertThat(run.code()).isEqualTo(problem == null ? ExitCode.COMPLIANT : ExitCode.INCOMPLETE);
            assertThat(problem == null ? run.out() : run.err())
                    .contains(problem == null ? "Portcullis answers on " + socket : problem);
        }
    }

    private static void serve(
            ServerSocketChannel server, @Nullable String answer, CompletableFuture<String> asked, CountDownLatch over) {
        try (SocketChannel channel = server.accept()) {
            ByteBuffer question = ByteBuffer.allocate(1_024);
            channel.read(question);
            asked.complete(new String(question.array(), 0, question.position(), UTF_8));
            if (answer == null) {
                over.await();
            } else {
                channel.write(ByteBuffer.wrap(answer.replace(";", "\r\n").getBytes(UTF_8)));
            }
        } catch (IOException | InterruptedException failed) {
            asked.completeExceptionally(failed);
        }
    }
}
