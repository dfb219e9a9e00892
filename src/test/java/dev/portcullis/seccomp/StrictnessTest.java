package dev.portcullis.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictnessTest {
    private static final Set<String> USUAL = ContainerCapabilities.DEFAULT;

    private static List<String> beyond(SeccompProfile profile, Set<String> capabilities) throws SeccompException {
        return Strictness.beyondDefault(ProfileWriter.write(profile).toString(), capabilities);
    }

    private static SeccompProfile edited(String allowed, String denied) throws SeccompException {
        ProfileEditor editor = new ProfileEditor(RuntimeDefault.profile());
        if (!allowed.isEmpty()) {
            editor.allow(SyscallChoice.of("--allow", allowed));
        }
        if (!denied.isEmpty()) {
            editor.deny(SyscallChoice.of("--deny", denied));
        }
        return editor.profile();
    }

    @Test
    void theDefaultIsAsStrictAsItself() throws SeccompException {
        for (Set<String> capabilities : List.of(USUAL, Set.<String>of(), ContainerCapabilities.ALL)) {
            assertThat(beyond(RuntimeDefault.profile(), capabilities)).isEmpty();
        }
    }

    @Test
    void aFlattenedDefaultIsAsStrictForTheCapabilitiesItWasMadeFor() throws SeccompException {
        Host host = new Host("amd64", Host.NEWEST, USUAL);
        SeccompProfile flat = RuntimeDefault.profile().on(List.of(host));
        assertThat(flat.rules()).noneMatch(SyscallRule::isConditional);
        assertThat(beyond(flat, USUAL)).isEmpty();
        assertThat(beyond(flat, Set.of())).contains("chroot");
    }

    @ParameterizedTest
    @CsvSource({
        "mount, mount",
        "@module, init_module",
        "socket if arg0 == 40, socket",
        "clone3, clone3",
        "personality, personality"
    })
    void whatAllowsMoreIsTold(String allowed, String told) throws SeccompException {
        assertThat(beyond(edited(allowed, ""), USUAL)).contains(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ptrace", "@network", "chmod if arg1 == 0x1ff", "socket if arg1 == 3", "@io-uring"})
    void whatAllowsLessIsStricter(String denied) throws SeccompException {
        assertThat(beyond(edited("", denied), USUAL)).isEmpty();
    }

    @Test
    void whatIsAllowedByDefaultIsLooser() throws SeccompException {
        assertThat(Strictness.beyondDefault("{\"defaultAction\": \"SCMP_ACT_ALLOW\"}", USUAL))
                .contains("mount", "bpf");
        assertThat(Strictness.beyondDefault(
                        "{\"defaultAction\": \"SCMP_ACT_LOG\", \"syscalls\": [{\"names\": [\"mount\"],"
                                + " \"action\": \"SCMP_ACT_ERRNO\"}]}",
                        USUAL))
                .contains("bpf")
                .doesNotContain("mount");
        assertThat(Strictness.beyondDefault("{\"defaultAction\": \"SCMP_ACT_KILL\"}", USUAL))
                .isEmpty();
    }

    @Test
    void aRuleForACapabilityCountsOnlyForContainersThatHaveIt() throws SeccompException {
        String json = """
                {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
                  {"names": ["kexec_load"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}}]}
                """;
        assertThat(Strictness.beyondDefault(json, USUAL)).isEmpty();
        Set<String> more = new TreeSet<>(USUAL);
        more.add("CAP_SYS_ADMIN");
        assertThat(Strictness.beyondDefault(json, more)).containsExactly("kexec_load");
    }

    @Test
    void aRuleForOneArchitectureOrANewKernelCountsToo() throws SeccompException {
        assertThat(Strictness.beyondDefault(rule("\"includes\": {\"arches\": [\"s390x\"]}"), USUAL))
                .containsExactly("mount");
        assertThat(Strictness.beyondDefault(rule("\"includes\": {\"minKernel\": \"6.9\"}"), USUAL))
                .containsExactly("mount");
        assertThat(Strictness.beyondDefault(rule("\"excludes\": {\"minKernel\": \"5.0\"}"), USUAL))
                .containsExactly("mount");
    }

    private static String rule(String condition) {
        return "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"mount\"], \"action\":"
                + " \"SCMP_ACT_ALLOW\", " + condition + "}]}";
    }

    /** Each of them an engine would read in a way of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"DefaultAction\": \"SCMP_ACT_ALLOW\"}",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultAction\": \"SCMP_ACT_ALLOW\"}",
                "{\"defaultAction\": \"scmp_act_errno\"}",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"mount\"], \"Action\": \"SCMP_ACT_ALLOW\"}]}",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"ſyscalls\": []}",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\"} {}",
                "{}",
                "[]",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"a\"], \"name\": \"b\", \"action\": \"SCMP_ACT_ALLOW\"}]}",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"a\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": [{\"index\": 6, \"op\": \"SCMP_CMP_EQ\"}]}]}",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"a\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": [{\"index\": 0, \"value\": -1, \"op\": \"SCMP_CMP_EQ\"}]}]}",
            })
    void whatIsNotClearIsRefused(String json) {
        assertThatThrownBy(() -> Strictness.beyondDefault(json, USUAL)).isInstanceOf(SeccompException.class);
    }

    @Test
    void hostsThatWantOtherArgumentsCannotShareAProfile() {
        assertThatThrownBy(() -> RuntimeDefault.profile()
                        .on(List.of(new Host("amd64", Host.NEWEST, USUAL), new Host("s390x", Host.NEWEST, USUAL))))
                .hasMessageContaining("make a profile for each of them with --arch");
    }

    @Test
    void aDenialThatNoProfileCanSayIsRefused() {
        assertThatThrownBy(() -> edited("", "clone if arg0 == 1")).hasMessageContaining("second comparison of arg0");
        assertThatThrownBy(() -> edited("", "kill if arg0 & 3 == 1")).hasMessageContaining("opposite of a mask");
        assertThatThrownBy(() -> SyscallChoice.of("--deny", "kill if arg0 == 1 and arg0 == 2"))
                .hasMessageContaining("compares an argument twice");
        assertThatThrownBy(() -> SyscallChoice.of("--deny", "chmode")).hasMessageContaining("names no system call");
        assertThatThrownBy(() -> SyscallChoice.of("--deny", "@modules")).hasMessageContaining("use one of @bpf");
    }
}
