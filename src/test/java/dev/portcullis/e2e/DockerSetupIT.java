package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker setup} prints does what it is for, with a real engine and by systemd's own judgement. */
final class DockerSetupIT {
    @TempDir
    private Path root;

    /** In a network namespace of its own, for {@code icc} needs a bridge and rules of a firewall. */
    @Test
    void hardensAnEngine() throws IOException {
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        Assumptions.assumeTrue(
                CommandResult.of("unshare", "--net", "iptables", "--list").exitCode() == 0,
                "skipped: no network namespace with iptables can be made here");
        write();
        String name = "portcullis-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Path socket = Path.of("/run/docker/plugins", name + ".sock");
        String daemon = Files.readString(root.resolve("etc/docker/daemon.json"));
        assertThat(daemon).contains("[\"portcullis\"]");
        try (DockerEngine engine = DockerEngine.start();
                PortcullisProcess _ = PortcullisProcess.start(
                        "localhost",
                        "--docker-socket",
                        socket.toString(),
                        "--portcullis.docker.engine=" + engine.socket(),
                        "--portcullis.default-mode=warn")) {
            assertThat(check(socket).stdout()).isEqualTo("Portcullis answers on " + socket + "\n");
            engine.restartApart(daemon.replace("\"portcullis\"", "\"" + name + "\""));
            assertThat(engine.docker(
                                    "info",
                                    "--format",
                                    "{{.SecurityOptions}} {{.LiveRestoreEnabled}} {{.Plugins.Authorization}}")
                            .stdout())
                    .contains("name=userns", " true [" + name + "]");
            assertThat(engine.docker("network", "inspect", "--format", "{{.Options}}", "bridge")
                            .stdout())
                    .contains("com.docker.network.bridge.enable_icc:false");
            engine.importImage("busybox:1");
            CommandResult run = engine.docker(
                    "run",
                    "--network=none",
                    "busybox:1",
                    "sh",
                    "-c",
                    "cat /proc/self/uid_map /proc/self/status; ulimit -n; ulimit -H -n");
            assertThat(run.stdout())
                    .as(run.stderr())
                    .doesNotContainPattern("^ +0 +0 +")
                    .contains("NoNewPrivs:\t1\n")
                    .endsWith("\n1024\n4096\n");
        }
    }

    @Test
    void hasAUnitThatSystemdTakes() {
        Assumptions.assumeTrue(
                CommandResult.of("sh", "-c", "command -v systemd-analyze").exitCode() == 0,
                "skipped: no systemd-analyze on the PATH");
        write();
        Path unit = root.resolve("etc/systemd/system/portcullis.service");
        CommandResult verified = CommandResult.of("systemd-analyze", "verify", "--man=no", unit.toString());
        assertThat(verified.stderr()).doesNotContain("portcullis.service");
    }

    private void write() {
        CommandResult written = portcullis("docker", "setup", "--write", root.toString());
        assertThat(written.exitCode()).as(written.stderr()).isZero();
    }

    private static CommandResult check(Path socket) {
        return portcullis("docker", "setup", "--check", socket.toString());
    }

    private static CommandResult portcullis(String... arguments) {
        return CommandResult.of(Jar.command(arguments));
    }
}
