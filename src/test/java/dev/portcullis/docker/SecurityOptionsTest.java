package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.document.Json;
import dev.portcullis.seccomp.ContainerCapabilities;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.SelinuxOptions;
import dev.portcullis.workload.Setting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityOptionsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"no-new-privileges\"`, true",
                "`\"no-new-privileges=true\"`, true",
                "`\"no-new-privileges:1\"`, true",
                "`\"no-new-privileges=T\"`, true",
                "`\"no-new-privileges=false\"`, false",
                "`\"no-new-privileges:f\"`, false",
                "`\"no-new-privileges\",\"no-new-privileges=0\"`, false",
                "`\"no-new-privileges=0\",\"no-new-privileges\"`, true"
            })
    void theLastNoNewPrivilegesCounts(String list, boolean on) throws Exception {
        assertThat(read(list).noNewPrivileges().declares(on)).isTrue();
    }

    @Test
    void whatIsNotSaidIsAppended() throws Exception {
        Setting.Absent<Boolean> setting =
                (Setting.Absent<Boolean>) read("\"seccomp=unconfined\"").noNewPrivileges();

        assertThat(setting.otherwise()).isFalse();
        assertThat(setting.path().pointer()).isEqualTo("/HostConfig/SecurityOpt");
        assertThat(setting.edit(true)).isEqualTo(new Edit.Append(setting.path(), "no-new-privileges=true"));
    }

    @Test
    void whatIsSaidHasItsOwnPlace() throws Exception {
        Setting.Declared<Boolean> setting = (Setting.Declared<Boolean>)
                read("\"apparmor=x\",\"no-new-privileges:false\"").noNewPrivileges();

        assertThat(setting.path().pointer()).isEqualTo("/HostConfig/SecurityOpt/1");
        assertThat(setting.raw()).isEqualTo("no-new-privileges:false");
        assertThat(setting.edit(true)).isEqualTo(new Edit.Set(setting.path(), "no-new-privileges=true"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"seccomp=unconfined\"`, UNCONFINED, ",
                "`\"seccomp:unconfined\"`, UNCONFINED, ",
                "`\"seccomp=builtin\"`, RUNTIME_DEFAULT, ",
                "`\"seccomp=unconfined\",\"seccomp=\"`, RUNTIME_DEFAULT, ",
                "`\"seccomp={}\"`, INLINE, sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
            })
    void seccomp(String list, SecurityProfile.Type type, @Nullable String name) throws Exception {
        SecurityProfile profile = read(list).seccomp().effective();
        assertThat(profile).isNotNull();
        assertThat(profile.type()).isEqualTo(type);
        assertThat(profile.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\\\"defaultAction\\\": \\\"SCMP_ACT_KILL\\\"}|``|``",
                "{\\\"defaultAction\\\": \\\"SCMP_ACT_ERRNO\\\", \\\"syscalls\\\": [{\\\"names\\\": [\\\"bpf\\\", \\\"read\\\"], \\\"action\\\": \\\"SCMP_ACT_ALLOW\\\"}]}|bpf|``",
                "{}|``|defaultAction is \"\"",
                "x|``|the profile cannot be read",
            })
    void comparesAProfileThatIsWrittenOutWithTheDefault(String json, String calls, String unclear) throws Exception {
        SecurityProfile profile = read("\"seccomp=" + json + "\"").seccomp().effective();
        assertThat(profile).isNotNull();
        assertThat(profile.looseness()).isNotNull();
        assertThat(String.join(" ", profile.looseness().calls())).isEqualTo(calls);
        assertThat(profile.looseness().unclear()).startsWith(unclear);
        assertThat(profile.looseness().isNone()).isEqualTo(calls.isEmpty() && unclear.isEmpty());
    }

    /** Of many the last counts, and a request has no more than it compared. */
    @Test
    void onlyTheLastProfileIsCompared() throws Exception {
        String loose = "\"seccomp={\\\"defaultAction\\\": \\\"SCMP_ACT_ALLOW\\\"}\",";
        String strict = "\"seccomp={\\\"defaultAction\\\": \\\"SCMP_ACT_KILL\\\"}\"";
        long begun = System.nanoTime();
        SecurityProfile last = read(loose.repeat(20_000) + strict).seccomp().effective();
        assertThat(last).isNotNull();
        assertThat(last.looseness()).isNotNull();
        assertThat(last.looseness().isNone()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(read(loose + strict + ",\"seccomp=unconfined\"").seccomp().effective())
                .isEqualTo(SecurityProfile.UNCONFINED);
    }

    @Test
    void appArmor() throws Exception {
        assertThat(read("\"apparmor=unconfined\"").appArmor().declares(SecurityProfile.UNCONFINED))
                .isTrue();
        assertThat(read("\"apparmor:nginx\"")
                        .appArmor()
                        .declares(new SecurityProfile(SecurityProfile.Type.LOCALHOST, "nginx")))
                .isTrue();
        assertThat(read("").appArmor().effective()).isEqualTo(SecurityProfile.RUNTIME_DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"label=disable\"`, ``, ``, true",
                "`\"label:disable\"`, ``, ``, true",
                "`\"disable\"`, ``, ``, true",
                "`\"label=type:spc_t\",\"label=user:system_u\"`, spc_t, system_u, false",
                "`\"label=level:s0:c1,c2\"`, ``, ``, false"
            })
    void labelsAddUp(String list, String type, String user, boolean disabled) throws Exception {
        assertThat(read(list).selinux().declares(new SelinuxOptions(type, user, "", disabled)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"writable-cgroups\"", "\"writable-cgroups=1\""})
    void optionsThatOpenControlGroups(String list) throws Exception {
        assertThat(read(list).cgroupsReadOnly().declares(false)).isTrue();
    }

    @Test
    void anOptionThatOpensTheKernelsFiles() throws Exception {
        assertThat(read("\"systempaths=unconfined\"").kernelPaths())
                .singleElement()
                .matches(setting -> setting.declares(false))
                .extracting(
                        setting -> ((Setting.Declared<Boolean>) setting).path().pointer())
                .isEqualTo("/HostConfig/SecurityOpt/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"no-new-privileges=yes\"",
                "\"No-New-Privileges\"",
                "\"seccomp\"",
                "\"seccomp:/etc/a=b\"",
                "\"\"",
                "null",
                "\"writable-cgroups=\""
            })
    void whatTheEngineRefusesIsRefused(String list) {
        assertThatThrownBy(() -> read(list))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageStartingWith("HostConfig.SecurityOpt[0] ");
    }

    private static SecurityOptions read(String list) throws Exception {
        String body = "{\"HostConfig\":{\"SecurityOpt\":[" + list + "]}}";
        return SecurityOptions.read(
                EngineBody.create(Json.read(body.getBytes(UTF_8)))
                        .field("HostConfig")
                        .field("SecurityOpt"),
                ContainerCapabilities.DEFAULT);
    }
}
