package dev.portcullis.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each row against what an engine of version 20.10 said of itself, and against one change of it. */
class EngineRowsTest {
    private static final Path RECORDED = Path.of("src/test/engine/info-20.10.json");
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void judgesWhatAnEngineSaysAsItComes() throws IOException {
        EngineFacts facts = new EngineFacts(recorded(), null);
        assertThat(EngineRows.ALL.stream()
                        .map(row -> row.ask(facts))
                        .collect(Collectors.groupingBy(
                                Finding::result,
                                Collectors.mapping(finding -> finding.check().id(), Collectors.toList()))))
                .hasEntrySatisfying(
                        Result.FAIL,
                        failed -> assertThat(failed)
                                .containsExactly(
                                        "engine-rootless",
                                        "engine-user-namespaces",
                                        "engine-authorization",
                                        "engine-logging",
                                        "engine-live-restore",
                                        "engine-known-bypasses",
                                        "engine-security-modules",
                                        "engine-cgroup-version"))
                .hasEntrySatisfying(
                        Result.SKIP,
                        skipped -> assertThat(skipped)
                                .containsExactly(
                                        "engine-log-level",
                                        "engine-iptables",
                                        "engine-default-ulimits",
                                        "engine-cgroup-parent",
                                        "engine-no-new-privileges",
                                        "engine-userland-proxy",
                                        "engine-host-files",
                                        "engine-host-audit"));
    }

    /** The answer differs from the recorded one where one field does. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            engine-rootless            | PASS | SecurityOptions    | ["name=seccomp,profile=default","name=rootless"]
            engine-log-level           | FAIL | Debug              | true
            engine-insecure-registries | FAIL | RegistryConfig     | {"InsecureRegistryCIDRs":["127.0.0.0/8","10.0.0.0/8"]}
            engine-insecure-registries | FAIL | RegistryConfig     | {"IndexConfigs":{"r.example":{"Secure":false}}}
            engine-storage-driver      | FAIL | Driver             | "aufs"
            engine-tls                 | FAIL | Warnings           | ["WARNING: API is accessible on http://0.0.0.0:2375"]
            engine-user-namespaces     | PASS | SecurityOptions    | ["name=userns"]
            engine-user-namespaces     | PASS | SecurityOptions    | ["name=rootless"]
            engine-authorization       | PASS | Plugins            | {"Authorization":["portcullis"]}
            engine-logging             | PASS | LoggingDriver      | "syslog"
            engine-logging             | FAIL | LoggingDriver      | "none"
            engine-no-new-privileges   | PASS | SecurityOptions    | ["name=no-new-privileges"]
            engine-no-new-privileges   | FAIL | ServerVersion      | "24.0.0"
            engine-no-new-privileges   | SKIP | ServerVersion      | "23.0.15"
            engine-live-restore        | PASS | LiveRestoreEnabled | true
            engine-live-restore        | PASS | Swarm              | {"LocalNodeState":"active"}
            engine-seccomp             | PASS | SecurityOptions    | ["name=seccomp,profile=builtin"]
            engine-seccomp             | FAIL | SecurityOptions    | ["name=seccomp,profile=unconfined"]
            engine-seccomp             | FAIL | SecurityOptions    | []
            engine-seccomp             | SKIP | SecurityOptions    | ["name=seccomp,profile=/etc/own.json"]
            engine-experimental        | FAIL | ExperimentalBuild  | true
            engine-swarm               | FAIL | Swarm              | {"LocalNodeState":"active"}
            engine-swarm               | FAIL | Swarm              | {"LocalNodeState":"locked"}
            engine-kernel              | FAIL | PidsLimit          | false
            engine-kernel              | FAIL | KernelVersion      | "4.2.0"
            engine-kernel              | PASS | KernelVersion      | "4.3.0"
            engine-kernel              | PASS | KernelVersion      | "10.0.0"
            engine-kernel              | FAIL | KernelVersion      | "?"
            engine-security-modules    | PASS | SecurityOptions    | ["name=apparmor"]
            engine-security-modules    | PASS | SecurityOptions    | ["name=selinux"]
            engine-cgroup-version      | PASS | CgroupVersion      | "2"
            engine-known-bypasses      | FAIL | ServerVersion      | "29.6.0"
            """)
    void asks(String check, Result result, String field, String value) throws IOException {
        ObjectNode info = recorded();
        info.set(field, JSON.readTree(value));
        Finding finding = ask(check, info, null);
        assertThat(finding.result()).as(finding.message()).isEqualTo(result);
        assertThat(finding.message()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"true,FAIL", "false,PASS"})
    void asksWhetherContainersReachEachOther(String icc, Result result) throws IOException {
        JsonNode bridge = JSON.readTree("{\"Options\":{\"com.docker.network.bridge.enable_icc\":\"" + icc + "\"}}");
        assertThat(ask("engine-icc", recorded(), bridge).result()).isEqualTo(result);
        assertThat(ask("engine-icc", recorded(), null).result()).isEqualTo(Result.PASS);
    }

    @Test
    void saysOfWhatItSkipsWhyAndWhatToDoInstead() throws IOException {
        EngineFacts facts = new EngineFacts(recorded(), null);
        assertThat(EngineRows.ALL.stream().map(row -> row.ask(facts)).filter(found -> found.result() == Result.SKIP))
                .isNotEmpty()
                .allSatisfy(skipped -> {
                    assertThat(skipped.state()).isNotBlank();
                    assertThat(skipped.remedy()).isNotBlank();
                });
    }

    /** An engine of the future, or none at all, makes nothing break. */
    @Test
    void readsAnythingThatIsJson() throws IOException {
        for (String info : Arrays.asList("{}", "[]", "null", "{\"SecurityOptions\":7,\"Warnings\":{},\"Swarm\":[]}")) {
            EngineFacts facts = new EngineFacts(JSON.readTree(info), JSON.readTree(info));
            assertThat(EngineRows.ALL.stream().map(row -> row.ask(facts))).hasSameSizeAs(EngineRows.ALL);
        }
    }

    @Test
    void hasEachIdAndEachNumberOnce() {
        assertThat(EngineRows.ALL.stream().map(EngineRow::info).map(CheckInfo::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("engine-"));
        assertThat(EngineRows.ALL.stream().map(EngineRow::bench).filter(id -> id != null))
                .doesNotHaveDuplicates();
    }

    private static Finding ask(String check, JsonNode info, @Nullable JsonNode bridge) {
        return EngineRows.ALL.stream()
                .filter(row -> row.info().id().equals(check))
                .findFirst()
                .orElseThrow()
                .ask(new EngineFacts(info, bridge));
    }

    private static ObjectNode recorded() throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(RECORDED));
    }
}
