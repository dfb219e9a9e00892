package dev.portcullis.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
        assertThat(beyond(flat, Set.of())).contains("chroot");
        assertThat(beyond(flat, USUAL)).isEmpty();
        for (String architecture : SeccompProfile.hosts()) {
            assertThat(beyond(flatFor(architecture), USUAL))
                    .as(architecture)
                    .isEqualTo(
                            architecture.equals("s390x")
                                    ? List.of("clone (on mips64)")
                                    : architecture.equals("mips64") ? List.of("clone (on s390x)") : List.of());
        }
    }

    private static SeccompProfile flatFor(String architecture) throws SeccompException {
        return RuntimeDefault.profile().on(List.of(new Host(architecture, Host.NEWEST, USUAL)));
    }

    /**
     * An engine applies the rules to its own host's calls, whichever architectures the profile names. Libseccomp takes none of the
     * other order of bytes beside it, though.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"architectures\": []|bpf (on mipsel), clone (on s390x), kexec_load (on arm64)",
                "\"architectures\": [\"SCMP_ARCH_X86_64\", \"SCMP_ARCH_X86\"]|bpf (on mipsel), kexec_load (on arm64)",
                "\"architectures\": [\"SCMP_ARCH_ARM\"]|bpf (on mipsel), kexec_load (on arm64)",
                "\"architectures\": [\"SCMP_ARCH_MIPS64\"]|bpf (on mipsel), clone (on s390x)",
                "\"architectures\": [\"SCMP_ARCH_SHEB\"]|bpf (on mipsel), clone (on s390x), kexec_load (on arm64)",
                "\"archMap\": [{\"architecture\": \"SCMP_ARCH_S390X\", \"subArchitectures\": [\"SCMP_ARCH_X86\"]}]"
                        + "|bpf (on mipsel), clone (on s390x), kexec_load (on arm64)"
            })
    void theArchitecturesThatAreNamedHideNothing(String architectures, String beyond) throws SeccompException {
        String json = "{\"defaultAction\": \"SCMP_ACT_ERRNO\", " + architectures
                + ", \"syscalls\": [{\"names\":"
                + " [\"clone\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": [{\"index\": 0, \"value\": 2114060288, \"op\":"
                + " \"SCMP_CMP_MASKED_EQ\"}]}, {\"names\": [\"kexec_load\"], \"action\": \"SCMP_ACT_ALLOW\", \"includes\":"
                + " {\"arches\": [\"arm64\"]}}, {\"names\": [\"bpf\"], \"action\": \"SCMP_ACT_ALLOW\", \"includes\":"
                + " {\"arches\": [\"mipsel\"]}}]}";
        assertThat(String.join(", ", Strictness.beyondDefault(json, USUAL))).isEqualTo(beyond);
    }

    /** Runtimes make a rule of each comparison where one argument has two, and any of them lets through. */
    @Test
    void comparisonsOfOneArgumentAreAlternatives() throws SeccompException {
        String one = "{\"index\": 0, \"value\": 8, \"op\": \"SCMP_CMP_EQ\"}";
        String other = "{\"index\": 0, \"value\": 9, \"op\": \"SCMP_CMP_NE\"}";
        assertThat(Strictness.beyondDefault(personality(one), USUAL)).isEmpty();
        assertThat(Strictness.beyondDefault(personality(one + ", " + other), USUAL))
                .containsExactly("personality");
        String third = "{\"index\": 1, \"value\": 0, \"op\": \"SCMP_CMP_EQ\"}";
        assertThat(Strictness.beyondDefault(personality(one + ", " + third), USUAL))
                .isEmpty();
        assertThat(Strictness.beyondDefault(personality(one + ", " + one + ", " + third), USUAL))
                .containsExactly("personality");
    }

    private static String personality(String arguments) {
        return "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"personality\"], \"action\":"
                + " \"SCMP_ACT_ALLOW\", \"args\": [" + arguments + "]}]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"listenerPath", "listenerMetadata"})
    void whatIsHandedToAListenerIsRefused(String key) {
        String json = "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"" + key + "\": \"/run/agent.sock\"}";
        assertThatThrownBy(() -> Strictness.beyondDefault(json, USUAL))
                .hasMessage(
                        key + " hands system calls to another process, which may do anything about them: take it out");
    }

    /** A megabyte of JSON costs a request little time, whatever is in it. */
    @ParameterizedTest
    @CsvSource({
        "MANY_RULES, too many rules",
        "MANY_NAMES, names too many system calls",
        "MANY_KERNELS, more than 500 hosts",
        "MANY_ARCHITECTURES, more than 500 hosts"
    })
    void aHostileProfileIsRefusedSoon(Hostile kind, String problem) {
        String json = kind.json();
        assertThat(json).hasSizeBetween(900_000, 1_100_000);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> Strictness.beyondDefault(json, USUAL))
                .isInstanceOf(SeccompException.class)
                .hasMessageContaining(problem);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    enum Hostile {
        MANY_RULES("\"args\": [{\"index\": 0, \"value\": %d, \"op\": \"SCMP_CMP_EQ\"}],"
                + " \"includes\": {\"caps\": [\"CAP_CHOWN\"]}"),
        MANY_NAMES("\"comment\": \"%d\""),
        MANY_KERNELS("\"includes\": {\"minKernel\": \"%d.1\"}"),
        MANY_ARCHITECTURES("\"includes\": {\"arches\": [\"a%d\"]}");

        private final String format;

        Hostile(String format) {
            this.format = format;
        }

        String json() {
            StringBuilder json = new StringBuilder("{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [");
            int rules = 0;
            String padding = " ".repeat(this == MANY_NAMES ? 1 : 200);
            while (json.length() < 990_000) {
                json.append(rules == 0 ? "" : ",")
                        .append("{\"names\": [\"socket\"], \"action\": \"SCMP_ACT_ALLOW\", ")
                        .append(padding)
                        .append(String.format(format, ++rules))
                        .append('}');
            }
            return json.append("]}").toString();
        }
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
                .containsExactly("mount (on s390x)");
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
                "\"architectures\": []",
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
                .hasMessageContaining("make one for each architecture with --arch");
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
