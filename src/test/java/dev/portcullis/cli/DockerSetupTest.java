package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
