package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.check.Result;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.testing.Sets;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerReaderTest {
    private static final String HARDENED = """
            {"Image": "registry.example/shop/web:1.2.3", "User": "10001:10001",
             "HostConfig": {"ReadonlyRootfs": true, "PidsLimit": 64, "CapDrop": ["all"],
                            "SecurityOpt": ["no-new-privileges"], "Memory": 67108864, "NanoCpus": 500000000}}""";

    @Test
    void aHardenedBodyPasses() throws Exception {
        assertThat(denied(read(HARDENED))).isEmpty();
    }

    @Test
    void aPlainRunIsDeniedForWhatItLacks() throws Exception {
        assertThat(denied(read("{\"Image\":\"busybox\"}")))
                .containsExactly("no-new-privileges", "pids-limit", "read-only-root-filesystem", "run-as-non-root");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"privileged\":true`, privileged",
                "`\"CapAdd\":[\"cap_Sys_Admin\"]`, capabilities-added",
                "`\"CapAdd\":[\"all\"]`, capabilities-added",
                "`\"SecurityOpt\":[\"no-new-privileges\",\"no-new-privileges:false\"]`, no-new-privileges",
                "`\"SecurityOpt\":[\"no-new-privileges\",\"seccomp:unconfined\"]`, seccomp-profile",
                "`\"SecurityOpt\":[\"no-new-privileges\",\"apparmor=unconfined\"]`, apparmor-profile",
                "`\"SecurityOpt\":[\"no-new-privileges\",\"label=disable\"]`, selinux-options",
                "`\"SecurityOpt\":[\"no-new-privileges\",\"writable-cgroups\"]`, writable-cgroups",
                "`\"MaskedPaths\":[]`, masked-paths",
                "`\"Ma\u017f\u212aedPaths\":[\"/proc/kcore\"]`, masked-paths",
                "`\"ReadonlyPaths\":[]`, masked-paths",
                "`\"PidMode\":\"host\"`, host-pid",
                "`\"PidMode\":\"container:x\"`, host-pid",
                "`\"IpcMode\":\"host\"`, host-ipc",
                "`\"NetworkMode\":\"host\"`, host-network",
                "`\"UTSMode\":\"host\"`, host-uts",
                "`\"UsernsMode\":\"host\"`, user-namespace",
                "`\"Binds\":[\"/var/run/docker.sock:/s\"]`, `runtime-socket sensitive-host-paths`",
                "`\"Binds\":[\"/srv/x:/x:rshared\"]`, mount-propagation",
                "`\"Devices\":[{\"PathOnHost\":\"/dev/sda\"}]`, devices",
                "`\"devicecgrouprules\":[\"a *:* rwm\"]`, devices",
                "`\"DeviceRequests\":[{\"Count\":-1}]`, devices",
                "`\"Sysctls\":{\"kernel.msgmax\":\"1\"}`, sysctls",
                "`\"PidsLimit\":-1`, pids-limit",
                "`\"pidslimit\":0`, pids-limit"
            })
    void oneWeakSettingIsFound(String setting, String checks) throws Exception {
        assertThat(denied(read(weakened(setting)))).containsExactly(checks.split(" "));
    }

    @Test
    void sysctlsOfAnEndpointAreFound() throws Exception {
        String body = HARDENED.replaceFirst(
                "\\{",
                "{\"networkingconfig\":{\"EndpointsConfig\":{\"a\":{\"DriverOpts\":{\"com.docker.network.endpoint.sysctls\":"
                        + "\"net.ipv4.conf.IFNAME.log_martians=1,net.ipv4.conf.IFNAME.forwarding=1\"}}}},");

        assertThat(((Setting.Declared<List<Setting.Declared<String>>>)
                                read(body).sysctls())
                        .value())
                .extracting(sysctl -> sysctl.value() + " " + sysctl.path().field())
                .containsExactly(
                        "net.ipv4.conf.IFNAME.log_martians networkingconfig.EndpointsConfig.a"
                                + ".DriverOpts[\"com.docker.network.endpoint.sysctls\"]",
                        "net.ipv4.conf.IFNAME.forwarding networkingconfig.EndpointsConfig.a"
                                + ".DriverOpts[\"com.docker.network.endpoint.sysctls\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0:0, 0",
        "00, 0",
        "+0, 0",
        "-0, 0",
        ":1000, 0",
        "root, 0",
        "root:app, 0",
        "10001:0, 10001",
        "app,"
    })
    void users(String user, @Nullable Long uid) throws Exception {
        Setting<ContainerUser> setting =
                container(read("{\"User\":\"" + user + "\"}")).runAsUser().own();

        assertThat(setting.effective())
                .isNotNull()
                .extracting(ContainerUser::uid)
                .isEqualTo(uid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2147483648", "4294967296", "99999999999999999999"})
    void usersOutOfRangeAreRefused(String user) {
        assertThatThrownBy(() -> read("{\"User\":\"" + user + "\"}"))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageContaining("User is out of range");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"8080\"}]}`, 8080",
                "`\"PortBindings\":{\"80/tcp\":[{}]}`, 0",
                "`\"PortBindings\":{\"80/tcp\":[]}`, 0",
                "`\"PortBindings\":{\"80/tcp\":null}`, 0",
                "`\"PublishAllPorts\":true`, 0"
            })
    void hostPorts(String host, String port) throws Exception {
        Setting<List<Setting.Declared<String>>> ports =
                container(read("{\"HostConfig\":{" + host + "}}")).hostPorts();

        assertThat(((Setting.Declared<List<Setting.Declared<String>>>) ports).value())
                .extracting(Setting.Declared::value)
                .containsExactly(port);
    }

    @Test
    void anotherContainersNamespaceIsNotTheHosts() throws Exception {
        Workload workload = read("{\"HostConfig\":{\"PidMode\":\"container:x\",\"NetworkMode\":\"bridge\"}}");

        assertThat(workload.hostPid().declares(NamespaceSharing.CONTAINER)).isTrue();
        assertThat(workload.hostNetwork().declares(NamespaceSharing.PRIVATE)).isTrue();
        assertThat(workload.hostIpc().effective()).isEqualTo(NamespaceSharing.PRIVATE);
    }

    @Test
    void cpuLimitsInEitherUnit() throws Exception {
        assertThat(container(read("{\"HostConfig\":{\"CpuQuota\":50000,\"NanoCpus\":0}}"))
                        .cpuLimit()
                        .effective())
                .isEqualTo("50000");
        assertThat(container(read("{\"HostConfig\":{\"CpuQuota\":-1}}"))
                        .cpuLimit()
                        .isDeclared())
                .isFalse();
        assertThat(container(read("{\"HostConfig\":{\"Memory\":-1}}"))
                        .memoryLimit()
                        .isDeclared())
                .isFalse();
    }

    @Test
    void recordedBodiesAreRead() throws Exception {
        Set<String> found = new TreeSet<>();
        for (byte[] body : RecordedBodies.of("/containers/create")) {
            try {
                found.addAll(denied(DockerReader.read(body, null)));
            } catch (UnreadableException e) {
                assertThat(e).hasMessageContaining("\"Privileged\" stands twice");
            }
        }
        assertThat(found)
                .contains(
                        "privileged", "seccomp-profile", "host-pid", "masked-paths", "sensitive-host-paths", "sysctls");
    }

    /** The hardened body with one setting replaced. */
    private static String weakened(String setting) {
        String key = setting.substring(1, setting.indexOf('"', 1));
        String body = HARDENED.replaceFirst("(?i)\"" + key + "\": (\\[[^]]*]|[^,}]+),?", "");
        return body.replace("\"HostConfig\": {", "\"HostConfig\": {" + setting + ",");
    }

    private static Set<String> denied(Workload workload) {
        Set<String> ids = new TreeSet<>();
        for (Judged judged : Sets.judge(new Evaluator(false), workload, BuiltInPolicies.set(Mode.ENFORCE))
                .findings()) {
            if (judged.mode() == Mode.ENFORCE && judged.finding().result() != Result.SKIP) {
                ids.add(judged.finding().check().id());
            }
        }
        return ids;
    }

    private static Container container(Workload workload) {
        return workload.containers().getFirst();
    }

    private static Workload read(String body) throws Exception {
        return DockerReader.read(body.getBytes(UTF_8), "web");
    }
}
