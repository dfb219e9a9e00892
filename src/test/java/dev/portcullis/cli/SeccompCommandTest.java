package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.seccomp.ProfileReader;
import dev.portcullis.seccomp.RuntimeDefault;
import dev.portcullis.seccomp.SeccompException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SeccompCommandTest {
    @TempDir
    private Path folder;

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static JsonNode json(CommandRun run) throws UnreadableException {
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return Json.read(run.out().getBytes(StandardCharsets.UTF_8));
    }

    /** Those that are allowed whatever their arguments. */
    private static Set<String> allowed(JsonNode profile) {
        Set<String> names = new TreeSet<>();
        for (JsonNode rule : profile.path("syscalls")) {
            if (rule.path("action").stringValue("").equals("SCMP_ACT_ALLOW") && !rule.has("args")) {
                rule.path("names").forEach(name -> names.add(name.stringValue()));
            }
        }
        return names;
    }

    private static CommandRun run(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "profile";
        arguments[1] = "seccomp";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void flattensTheDefault() throws UnreadableException {
        JsonNode profile = json(run("--arch", "amd64"));
        assertThat(profile.path("architectures").toString())
                .isEqualTo("[\"SCMP_ARCH_X86_64\",\"SCMP_ARCH_X86\",\"SCMP_ARCH_X32\"]");
        assertThat(profile.toString()).doesNotContain("includes", "excludes", "archMap", "comment", "minKernel");
        assertThat(allowed(profile))
                .contains("read", "chroot", "arch_prctl")
                .doesNotContain("mount", "breakpoint", "clone");
        assertThat(run("--arch", "amd64").out())
                .isEqualTo(run("--arch", "amd64").out());
    }

    @Test
    void aWorkloadsCapabilitiesDecideWhichRulesCount() throws IOException, UnreadableException {
        String pod = write("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers:
                  - {name: app, image: a, securityContext: {capabilities: {drop: [ALL], add: [SYS_TIME]}}}
                  - {name: side, image: b}
                """);
        assertThat(allowed(json(run("--from", pod, "--container", "app"))))
                .contains("clock_settime")
                .doesNotContain("chroot", "mount");
        assertThat(allowed(json(run("--from", pod, "--container", "side"))))
                .contains("chroot")
                .doesNotContain("clock_settime");
        assertThat(run("--from", pod).err()).contains("has 2 containers: choose one with --container");
    }

    @Test
    void mobysFormKeepsItsConditions() throws UnreadableException, SeccompException {
        JsonNode profile = json(run("-o", "docker", "--deny", "ptrace"));
        assertThat(profile.toString())
                .contains("archMap", "includes", "minKernel")
                .doesNotContain("\"ptrace\"");
        assertThat(ProfileReader.read(json(run("-o", "docker"))).architectureMap())
                .isEqualTo(RuntimeDefault.profile().architectureMap());
    }

    @Test
    void deniesAndAllowsByNameGroupAndArgument() throws UnreadableException {
        JsonNode profile = json(run(
                "--deny",
                "@io-uring",
                "--deny",
                "mkdir",
                "--deny",
                "chmod if arg1 == 0x1ff",
                "--allow",
                "mount",
                "--allow",
                "keyctl if arg0 & 0xff == 3"));
        assertThat(allowed(profile))
                .contains("mount", "read")
                .doesNotContain("mkdir", "chmod", "keyctl", "io_uring_setup");
        assertThat(profile.toString())
                .contains("{\"names\":[\"chmod\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":1,\"value\":511,"
                        + "\"op\":\"SCMP_CMP_NE\"}]}")
                .contains("{\"names\":[\"keyctl\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":0,\"value\":255,"
                        + "\"valueTwo\":3,\"op\":\"SCMP_CMP_MASKED_EQ\"}]}");
    }

    @Test
    void aBaseThatAllowsByDefaultIsGivenDenials() throws IOException, UnreadableException {
        String base = write("log.json", "{\"defaultAction\": \"SCMP_ACT_LOG\"}");
        JsonNode profile = json(run("--base", base, "--deny", "@module", "--deny", "kill if arg1 == 9"));
        assertThat(profile.toString())
                .contains(
                        "{\"names\":[\"create_module\",\"delete_module\",\"finit_module\",\"init_module\"],\"action\":"
                                + "\"SCMP_ACT_ERRNO\"}")
                .contains("{\"names\":[\"kill\"],\"action\":\"SCMP_ACT_ERRNO\",\"args\":[{\"index\":1,\"value\":9,");
        assertThat(json(run("--default-action", "kill-process"))
                        .path("defaultAction")
                        .stringValue())
                .isEqualTo("SCMP_ACT_KILL_PROCESS");
    }

    /** What is denied is denied by the action that is asked for, not by the one that the base had. */
    @Test
    void theDefaultActionComesBeforeDenials() throws UnreadableException {
        JsonNode profile = json(run("--default-action", "log", "--deny", "ptrace", "--deny", "kill if arg1 == 9"));
        assertThat(profile.path("defaultAction").stringValue()).isEqualTo("SCMP_ACT_LOG");
        assertThat(profile.toString())
                .contains("{\"names\":[\"ptrace\"],\"action\":\"SCMP_ACT_ERRNO\"}")
                .contains("{\"names\":[\"kill\"],\"action\":\"SCMP_ACT_ERRNO\",\"args\":[{\"index\":1,\"value\":9,");
    }

    @Test
    void whatIsAllowedAnywayCannotBeAllowedInPart() throws IOException {
        String base = write("log.json", "{\"defaultAction\": \"SCMP_ACT_LOG\"}");
        assertThat(run("--base", base, "--allow", "keyctl if arg0 == 3").err())
                .contains("allowing keyctl with some arguments means nothing where what no rule names is allowed and"
                        + " logged: deny what is not wanted, or begin with another --base or --default-action errno");
        assertThat(run("--base", base, "--allow", "keyctl if arg0 == 3", "--default-action", "errno")
                        .code())
                .isZero();
    }

    /** What one host should have, another would have too. */
    @Test
    void nodesThatDifferGetProfilesOfTheirOwn() throws IOException {
        String base = write("base.json", """
                {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
                  {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": ["amd64"]}},
                  {"names": ["io_uring_setup"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "6.1"}}]}
                """);
        assertThat(run("--base", base).err())
                .contains(
                        "since the base treats bpf (on arm64), io_uring_setup in several ways on them: make one for each"
                                + " architecture with --arch, and say their kernel with --kernel");
        assertThat(run("--base", base, "--arch", "amd64").err()).contains("treats io_uring_setup in");
        assertThat(run("--base", base, "--arch", "amd64", "--kernel", "5.15").out())
                .contains("\"bpf\"")
                .doesNotContain("io_uring_setup");
        assertThat(run("--base", base, "--arch", "arm64", "--kernel", "6.1").out())
                .contains("io_uring_setup")
                .doesNotContain("\"bpf\"");
        assertThat(run("--kernel", "new").err()).contains("--kernel new is no version: write two numbers");
    }

    @Test
    void allowsWhatWasRecorded() throws IOException, UnreadableException {
        String strace = write("strace", """
                12 execve("/bin/x", ["x"], 0x7ffc /* 3 vars */) = 0
                [pid    13] 12:00:01.123456 socket(AF_INET, SOCK_STREAM, 0) = 3
                13    12:00:01 <... accept4 resumed>)  = 5
                --- SIGCHLD {si_signo=SIGCHLD} ---
                +++ exited with 0 +++
                """);
        String summary = write("summary", """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 50.00    0.000100          10        10         2 keyctl
                  0.00    0.000000           0         1           mkdir
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.000100                    11         2 total
                """);
        String audit = write("audit.log", """
                type=SECCOMP msg=audit(1.2:3): auid=0 comm="x" sig=0 arch=c000003e syscall=165 compat=0 code=0x7ffc0000
                type=SYSCALL msg=audit(1.2:4): arch=c00000b7 syscall=34 success=yes exit=0
                type=SYSCALL msg=audit(1.2:5) : arch=x86_64 syscall=rmdir success=yes
                audit: type=1326 audit(1.2:6): auid=0 arch=40000003 syscall=15 compat=1
                type=CWD msg=audit(1.2:7): cwd="/"
                """);
        String hook = write("hook.json", """
                {"defaultAction":"SCMP_ACT_ERRNO","architectures":["SCMP_ARCH_X86_64"],
                 "syscalls":[{"names":["sync","umount2"],"action":"SCMP_ACT_ALLOW","args":[],"comment":"","includes":{},"excludes":{}}]}
                """);
        JsonNode profile = json(run("--record", strace, "--record", summary, "--record", audit, "--record", hook));
        assertThat(allowed(profile))
                .contains(
                        "socket", "accept4", "keyctl", "mkdir", "mount", "mkdirat", "rmdir", "chmod", "sync", "umount2")
                .contains("execve", "exit_group")
                .doesNotContain("listen", "ptrace", "total");
        assertThat(allowed(json(run("--base", "default", "--record", strace)))).contains("listen");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing here|holds no system call: give what strace -f -o FILE writes",
                "frobnicate(1) = 0|line 1, names frobnicate, which is no system call of Linux",
                "type=SECCOMP arch=c000003e syscall=99999|has the number 99999",
                "type=SECCOMP arch=deadbeef syscall=1|of an architecture that is not known here",
                "{}|is no profile",
            })
    void refusesWhatIsNoRecording(String text, String told) throws IOException {
        CommandRun run = run("--record", write("record", text));
        assertThat(run.err()).contains(told);
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void tellsWhatTwoProfilesTreatDifferently() throws IOException {
        String other = write(
                "other.json",
                run("--deny", "ptrace", "--allow", "mount", "--deny", "kill if arg1 == 9")
                        .out());
        CommandRun run = run("diff", "default", other);
        assertThat(run.out()).isEqualTo("""
                        - kill: is allowed -> is allowed if arg1 != 9
                        + mount: fails -> is allowed
                        - ptrace: is allowed -> fails
                        """);
        assertThat(run("diff", other, other).out()).isEqualTo("They let the same through.\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void explainsWhatTheDefaultDoesNotAllow() throws IOException {
        CommandRun run = run(
                "explain",
                write("mount.json", run("--allow", "@mount", "--deny", "ptrace").out()));
        assertThat(run.out())
                .contains(
                        "It lets through what the default does not (12):\n  fsconfig (@mount): is allowed, by default fails")
                .contains("what the default allows (1):\n  ptrace\n");
        CommandRun flat = run("explain", write("flat.json", run().out()));
        assertThat(flat.out()).contains("It lets nothing through that the default does not.");
    }

    @Test
    void writesResourcesOfTheOperatorAndAConfigMap() throws UnreadableException {
        CommandRun run = run("--name", "web", "-o", "operator", "--allow", "keyctl if arg0 & 0xff == 3");
        JsonNode operator = Yaml.readAll(run.out().getBytes(StandardCharsets.UTF_8), 1)
                .getFirst()
                .root();
        assertThat(operator.path("apiVersion").stringValue()).isEqualTo("security-profiles-operator.x-k8s.io/v1");
        assertThat(operator.path("kind").stringValue()).isEqualTo("SeccompProfile");
        assertThat(operator.at("/metadata").toString()).isEqualTo("{\"name\":\"web\"}");
        assertThat(operator.at("/spec/defaultAction").stringValue()).isEqualTo("SCMP_ACT_ERRNO");
        assertThat(operator.at("/spec").toString())
                .contains("{\"action\":\"SCMP_ACT_ALLOW\",\"names\":[\"keyctl\"],\"args\":[{\"index\":0,\"op\":"
                        + "\"SCMP_CMP_MASKED_EQ\",\"value\":255,\"valueTwo\":3}]}");
        CommandRun map = run("--name", "web", "-o", "configmap");
        JsonNode root = Yaml.readAll(map.out().getBytes(StandardCharsets.UTF_8), 1)
                .getFirst()
                .root();
        assertThat(root.at("/data/web.json").stringValue()).isEqualTo(run().out());
        assertThat(run("-o", "operator").err()).contains("give one with --name");
        assertThat(run("--arch", "amd46").err()).contains("use one of amd64");
    }
}
