package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check --profiles}: what the profiles of nodes forbid that a container evidently needs. */
class ProfileFolderTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              volumes: [{name: data, emptyDir: {}}]
              containers:
              - name: app
                image: nginx
                ports: [{containerPort: 8080}]
                volumeMounts: [{name: data, mountPath: /data}]
                securityContext:
                  readOnlyRootFilesystem: true
                  capabilities: {drop: [ALL], add: [SYS_TIME]}
                  appArmorProfile: {type: Localhost, localhostProfile: web}
                  seccompProfile: {type: Localhost, localhostProfile: team/web.json}
            """;

    @TempDir
    private Path folder;

    private Path profiles;
    private String pod;

    @BeforeEach
    void writeWhatFits() throws IOException {
        profiles = Files.createDirectories(folder.resolve("profiles"));
        Files.createDirectories(profiles.resolve("team"));
        pod = Files.writeString(folder.resolve("pod.yaml"), POD).toString();
        write(
                "web",
                CommandRun.of("profile", "apparmor", "--from", pod, "--name", "web")
                        .out());
        write(
                "team/web.json",
                CommandRun.of("profile", "seccomp", "--from", pod).out());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(profiles.resolve(name), text);
    }

    private String check() {
        String out =
                CommandRun.of("check", "--profiles", profiles.toString(), pod).out();
        return out.lines().filter(line -> line.contains("start-profile")).reduce("", (a, b) -> a + b + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow-list", "docker-default"})
    void whatIsMadeOfTheContainerFits(String style) throws IOException {
        write(
                "web",
                CommandRun.of("profile", "apparmor", "--from", pod, "--name", "web", "--style", style)
                        .out());
        assertThat(check()).isEmpty();
    }

    @Test
    void withoutAFolderNothingIsKnown() {
        assertThat(CommandRun.of("check", pod).out()).contains("which may not be on every node");
    }

    @Test
    void aProfileThatIsNotThereIsTold() throws IOException {
        Files.delete(profiles.resolve("team/web.json"));
        assertThat(check()).contains("team/web.json").contains("which may not be on every node");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network, deny network inet, deny network inet6, capability, file,|listening on 8080/tcp",
                "network, deny network tcp, capability, file,|listening on 8080/tcp",
                "network, deny network (listen) stream, capability, file,|listening on 8080/tcp",
                "network (create connect) inet stream, capability, file,|listening on 8080/tcp",
                "all, deny capability, file,|its capability sys_time",
                "all, deny network, file,|listening on 8080/tcp",
                "all, deny file, file,|writing to /data",
                "audit deny all, all, file,|its capability sys_time",
                "profile other { capability, } network, file,|its capability sys_time",
                "network, capability chown, file,|its capability sys_time",
                "network, capability, deny capability sys_time, file,|its capability sys_time",
                "network, capability, file, deny /data/** wl,|writing to /data",
                "network inet dgram, capability, file,|listening on 8080/tcp",
                "network, capability, /** r, /data/ w,|writing to /data",
                "network, capability, '\"/da ta/**\" rw,' /** r,|writing to /data",
                "network, capability, include <abstractions/nameservice> /** r, deny /d{ata,b}/** w,|writing to /data",
                "include <abstractions/web>|''",
                "#include <local/web>|''",
                "all,|''",
                "priority=3 allow all,|''",
                "network, deny network inet6, capability, file,|''",
                "network inet6 tcp, capability, file,|''",
                "network (create, bind, listen, accept, send, receive) inet stream, capability, file,|''",
                "network (create) inet stream, network (bind, accept, listen) inet ip=0.0.0.0 port=8080, capability, file,|''",
                "network, deny network inet stream port=25, deny network (connect) inet, capability, file,|''",
                "network, deny network (receive) inet dgram peer=(ip=10.0.0.1 port=53), capability, file,|''",
                "profile other /{,usr/}bin/x { network, } ^hat { deny all, } capability, network, file,|''",
                "audit { file, } capability, network,|''",
                "signal (send, receive) peer=web, capability, network, file,|''",
            })
    void whatAnAppArmorProfileForbidsIsTold(String rules, String told) throws IOException {
        write(
                "web",
                "include <tunables/global>\nprofile web flags=(attach_disconnected) {\n  " + rules.replace(", ", ",\n ")
                        + "\n}\n");
        if (told.isEmpty()) {
            assertThat(check()).isEmpty();
        } else {
            assertThat(check()).contains("\"web\", which forbids what the container needs: " + told);
        }
    }

    /** Only what stands in the parentheses of flags says how a profile is meant. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "profile web flags=(complain) {|true",
                "profile web flags = (attach_disconnected,complain) {|true",
                "profile \"web\" (complain attach_disconnected) {|true",
                "profile web /{,usr/}bin/web flags=(default_allow) {|true",
                "profile web /usr/bin/complain flags=(attach_disconnected) {|false",
                "profile web /usr/bin/x xattrs=(user.a=complain) flags=(attach_disconnected) {|false",
                "profile web flags=(complainer) {|false",
                "profile web flags=(attach_disconnected) # complain {|false",
                "profile web flags=(attach_disconnected)\\n {|false",
            })
    void flagsAreReadWhereTheyStand(String head, boolean open) throws IOException {
        write("web", head.replace("\\n", "\n").replace("# complain {", "{ # complain") + "\n  file, network,\n}\n");
        assertThat(check().isEmpty()).as(check()).isEqualTo(open);
    }

    /** Nothing in a file takes the time or the stack that its length would suggest. */
    @ParameterizedTest
    @ValueSource(strings = {"a{}\n", "profile x {", "\n", "{", "(", "\"", "profile a\n", "#include\n"})
    void aFileThatIsNoProfileIsReadSoon(String piece) throws IOException {
        write("large", "profile large {\n" + piece.repeat((2 << 20) / piece.length()));
        long begun = System.nanoTime();
        assertThat(check()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aFolderThatMayNotBeReadIsTold() throws IOException {
        Path closed = Files.createDirectory(
                profiles.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        Assumptions.assumeFalse(Files.isReadable(closed), "skipped: root may read everything");
        CommandRun run = CommandRun.of("check", "--profiles", profiles.toString(), pod);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--profiles " + profiles + ": permission is denied");
    }

    @Test
    void aProfileOfTheOtherKindIsNotThere() throws IOException {
        Files.delete(profiles.resolve("web"));
        write("web.json", "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}");
        write("team/web.json", "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}");
        write("x", "profile team/web.json { all, }");
        Files.writeString(Path.of(pod), POD.replace("localhostProfile: web}", "localhostProfile: web.json}"));
        assertThat(check()).contains("\"web.json\", which may not be on every node");
        Files.writeString(Path.of(pod), POD.replace("localhostProfile: web}", "localhostProfile: team/web.json}"));
        assertThat(check()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "listen, listening on 8080/tcp (listen)",
        "clock_settime, ''",
        "@clock, its capability sys_time (adjtimex)",
        "@exec, starting a program (execve)",
    })
    void whatASeccompProfileForbidsIsTold(String denied, String told) throws IOException {
        write(
                "team/web.json",
                CommandRun.of("profile", "seccomp", "--from", pod, "--deny", denied)
                        .out());
        if (told.isEmpty()) {
            assertThat(check()).isEmpty();
        } else {
            assertThat(check()).contains("which forbids what the container needs: " + told);
        }
    }

    @Test
    void aFolderThatCannotBeUnderstoodIsRefused() throws IOException {
        write("team/web.json", "{\"defaultAction\": \"SCMP_ACT_NONE\"}");
        CommandRun run = CommandRun.of("check", "--profiles", profiles.toString(), pod);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("team/web.json is no seccomp profile: defaultAction is \"SCMP_ACT_NONE\"");
        assertThat(CommandRun.of("check", "--profiles", folder.resolve("none").toString(), pod)
                        .code())
                .isEqualTo(2);
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(CommandRun.of("check", "--profiles", empty.toString(), pod).err())
                .contains("holds no profile");
    }
}
