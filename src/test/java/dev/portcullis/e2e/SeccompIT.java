package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.PortcullisCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real engine loads every profile that is made, by libseccomp, and what it forbids fails in a container. */
final class SeccompIT {
    private static DockerEngine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startEngine() {
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        engine = DockerEngine.start();
        engine.importImage("busybox:1");
    }

    @AfterAll
    static void stopEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    private String profile(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("profile", "seccomp"));
        command.addAll(List.of(options));
        StringWriter made = new StringWriter();
        int code = PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(made))
                .execute(command.toArray(String[]::new));
        assertThat(code).isZero();
        return Files.writeString(folder.resolve("profile.json"), made.toString())
                .toString();
    }

    private static CommandResult run(String profile, String... command) {
        List<String> docker = new ArrayList<>(
                List.of("run", "--rm", "--network", "none", "--security-opt", "seccomp=" + profile, "busybox:1"));
        docker.addAll(List.of(command));
        return DockerEngine.docker(engine.host(), docker);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-o oci",
                "-o docker",
                "-o oci --arch amd64",
                "-o oci --arch amd64,arm64,arm,ppc64le",
                "-o oci --arch amd64 --kernel 6.1",
                "-o docker --deny @network --deny @io-uring",
                "-o oci --default-action kill-process",
                "-o oci --allow @mount --allow @module",
            })
    void isLoaded(String options) throws IOException {
        CommandResult.succeeds(run(profile(options.split(" ")), "true"));
    }

    @ParameterizedTest
    @CsvSource({"oci", "docker"})
    void whatIsDeniedFails(String form) throws IOException {
        String profile =
                profile("-o", form, "--deny", "mkdir", "--deny", "mkdirat", "--deny", "chmod if arg1 == 0x1ff");
        assertThat(run(profile, "busybox", "mkdir", "/x").stderr()).contains("Operation not permitted");
        CommandResult.succeeds(run(profile, "touch", "/x"));
        CommandResult.succeeds(run(profile, "busybox", "chmod", "700", "/etc/passwd"));
        assertThat(run(profile, "busybox", "chmod", "777", "/etc/passwd").stderr())
                .contains("Operation not permitted");
        CommandResult.succeeds(run(profile("-o", form), "busybox", "mkdir", "/x"));
    }

    @Test
    void whatIsDeniedFailsWhereTheRestIsLogged() throws IOException {
        String profile = profile("--default-action", "log", "--deny", "mkdir", "--deny", "mkdirat");
        assertThat(run(profile, "busybox", "mkdir", "/x").stderr()).contains("Operation not permitted");
        CommandResult.succeeds(run(profile, "touch", "/x"));
    }

    /** What the gate takes for granted of runc and libseccomp. */
    @Test
    void comparisonsOfOneArgumentAreAlternativesAndArchitecturesHideNothing() throws IOException {
        String made = Files.readString(Path.of(profile("-o", "oci", "--arch", "amd64", "--deny", "chmod")));
        String twice = "{\"names\": [\"chmod\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": ["
                + "{\"index\": 1, \"value\": 448, \"op\": \"SCMP_CMP_EQ\"},"
                + "{\"index\": 1, \"value\": 511, \"op\": \"SCMP_CMP_NE\"}]},";
        String named =
                made.replaceFirst("(?s)\"architectures\" : \\[.*?\\]", "\"architectures\": [\"SCMP_ARCH_PPC64LE\"]");
        assertThat(named).contains("SCMP_ARCH_PPC64LE").doesNotContain("SCMP_ARCH_X86_64");
        String profile = Files.writeString(
                        folder.resolve("twice.json"),
                        named.replaceFirst("(?s)(\"syscalls\" : \\[)", "$1" + twice.replace("$", "\\$")))
                .toString();
        CommandResult.succeeds(run(profile, "busybox", "chmod", "755", "/etc/passwd"));
        assertThat(run(profile, "busybox", "chmod", "777", "/etc/passwd").stderr())
                .contains("Operation not permitted");
        String other = Files.writeString(
                        folder.resolve("other.json"), made.replace("SCMP_ARCH_X86_64", "SCMP_ARCH_S390X"))
                .toString();
        assertThat(run(other, "true").stderr()).contains("error adding architecture to seccomp filter");
    }

    @Test
    void onlyWhatWasRecordedIsAllowed() throws IOException {
        Path record = Files.writeString(folder.resolve("record"), """
                openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3
                sendfile(1, 3, NULL, 16777216) = 10
                getrandom(0x1, 8, 0) = 8
                arch_prctl(ARCH_SET_FS, 0x1) = 0
                set_tid_address(0x1) = 1
                rseq(0x1, 0x20, 0, 0x1) = 0
                prlimit64(0, RLIMIT_STACK, NULL, 0x1) = 0
                readlink("/proc/self/exe", 0x1, 4096) = 1
                """);
        String profile = profile("--record", record.toString());
        CommandResult cat = run(profile, "cat", "/etc/passwd");
        assertThat(cat.stderr()).isEmpty();
        assertThat(cat.stdout()).startsWith("root:x:0:0");
        assertThat(run(profile, "busybox", "mkdir", "/x").stderr()).contains("Operation not permitted");
    }
}
