package dev.portcullis.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.document.Json;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InspectReaderTest {
    private static final FieldPath SECOND = FieldPath.ROOT.index(1);

    /** As an engine prints a container that asks for little; the parts that tests are about are put into it. */
    private static final String CONTAINER = """
            {"Id": "4d", "Created": "2026-11-25T01:00:00Z", "Path": "/web", "Args": [], "State": {"Running": true},
             "Image": "sha256:ab", "Name": "/web", "RestartCount": 0, "AppArmorProfile": "docker-default",
             "HostConfig": {"Binds": %s, "NetworkMode": "bridge", "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
               "VolumesFrom": %s, "CgroupnsMode": "private", "IpcMode": "private", "Runtime": "runc",
               "PidsLimit": null, "Memory": 0, "ConsoleSize": [0, 0],
               "MaskedPaths": ["/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
                 "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/firmware",
                 "/proc/interrupts", "/sys/devices/virtual/powercap"],
               "ReadonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]},
             "Mounts": %s,
             "Config": {"Hostname": "4d", "User": "", "Env": ["A=b"], "Image": "nginx", "WorkingDir": ""},
             "NetworkSettings": {"Networks": {"bridge": {"Gateway": "172.17.0.1", "DriverOpts": null}}}}
            """;

    private static JsonNode json(String text) throws Exception {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Workload container(String binds, String volumesFrom, String mounts) throws Exception {
        return InspectReader.container(json(CONTAINER.formatted(binds, volumesFrom, mounts)), SECOND);
    }

    private static List<String> hostPaths(Workload workload) {
        return workload.volumes().stream()
                .map(Volume::hostPath)
                .filter(Objects::nonNull)
                .map(path -> path.path().pointer() + " " + path.value())
                .toList();
    }

    @Test
    void readsAContainerWithPathsFromTheRoot() throws Exception {
        Workload workload = container("null", "null", "[]");
        Container container = workload.containers().getFirst();

        assertThat(workload.subject().form()).isEqualTo(Form.CONTAINER);
        assertThat(workload.subject().display()).isEqualTo("Container web");
        assertThat(container.path().pointer()).isEqualTo("/1");
        assertThat(container.image().effective()).isEqualTo("nginx");
        assertThat(container.kernelPathsMasked()).allMatch(masked -> Boolean.TRUE.equals(masked.effective()));
        assertThat(container.pidsLimit().isDeclared()).isFalse();
        assertThat(container.pidsLimit().toString()).contains("[1].HostConfig.PidsLimit");
        assertThat(container.runAsUser().own().toString()).contains("[1].Config.User");
    }

    @Test
    void takesWhatIsNotWrittenForWhatTheImageDoesNotSayEither() throws Exception {
        Container container = container("null", "null", "[]").containers().getFirst();

        assertThat(Objects.requireNonNull(container.runAsUser().own().effective())
                        .isRoot())
                .isTrue();
        assertThat(container.conduct().healthcheck().effective()).isFalse();
    }

    @Test
    void judgesWhatIsMountedFromOtherContainers() throws Exception {
        Workload workload = container("null", "[\"other\"]", """
                [{"Type": "bind", "Source": "/etc", "Destination": "/host", "Mode": "", "RW": false, "Propagation": "rslave"}]
                """);

        assertThat(hostPaths(workload)).containsExactly("/1/Mounts/0/Source /etc");
        assertThat(workload.volumes()).noneMatch(Volume::isOfAnotherContainer);
        Mount mount = workload.containers().getFirst().mounts().getFirst();
        assertThat(mount.readOnly().effective()).isTrue();
        assertThat(mount.propagation().effective()).isEqualTo("rslave");
    }

    @Test
    void tellsABindOnce() throws Exception {
        Workload workload = container("[\"/etc:/host/:ro\"]", "null", """
                [{"Type": "bind", "Source": "/etc", "Destination": "/host", "Mode": "ro", "RW": false, "Propagation": "rprivate"}]
                """);

        assertThat(hostPaths(workload)).containsExactly("/1/HostConfig/Binds/0 /etc");
    }

    @Test
    void takesAVolumeThatIsKeptElsewhereForAHostPath() throws Exception {
        Workload workload = container("[\"data:/data\", \"log:/log\", \"far:/far\"]", "null", """
                [{"Type": "volume", "Name": "data", "Source": "/etc", "Destination": "/data", "Driver": "local-persist", "RW": true},
                 {"Type": "volume", "Name": "log", "Source": "/var/lib/docker/volumes/log/_data", "Destination": "/log", "Driver": "local", "RW": true},
                 {"Type": "volume", "Name": "far", "Source": "/var/lib/docker/plugins/4d/propagated-mount/x", "Destination": "/far", "Driver": "far", "RW": true}]
                """);

        assertThat(hostPaths(workload)).containsExactly("/1/Mounts/0/Source /etc");
        assertThat(workload.containers().getFirst().mounts()).hasSize(4);
    }

    @Test
    void keepsWhatWasAskedForWhereTheEngineListsNothing() throws Exception {
        Workload workload = container("null", "[\"other\"]", "null");

        assertThat(workload.volumes()).anyMatch(Volume::isOfAnotherContainer);
    }

    @Test
    void readsTheUserOfAContainerThatSaysOne() throws Exception {
        String text = CONTAINER.formatted("null", "null", "[]").replace("\"User\": \"\"", "\"User\": \"10001\"");
        Container container =
                InspectReader.container(json(text), FieldPath.ROOT).containers().getFirst();

        assertThat(Objects.requireNonNull(container.runAsUser().own().effective())
                        .isNonRoot())
                .isTrue();
    }

    @Test
    void refusesWhatNoEnginePrints() throws Exception {
        JsonNode wrong = json(CONTAINER.formatted("\"/etc:/host\"", "null", "[]"));

        assertThatThrownBy(() -> InspectReader.container(wrong, SECOND))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessage("[1].HostConfig.Binds is a string: write a list");
    }

    @Test
    void readsAnImageInBothSpellings() throws Exception {
        JsonNode printed = json("""
                {"Id": "sha256:ab", "RepoTags": ["nginx:1.29", "<none>:<none>"], "RepoDigests": ["nginx@sha256:cd"],
                 "Architecture": "amd64", "Os": "linux", "RootFS": {"Type": "layers", "Layers": ["sha256:ef"]},
                 "Config": {"User": "", "ExposedPorts": {"8000-9000/tcp": {}}, "Volumes": {"/data": {}}, "WorkingDir": "/srv",
                   "Healthcheck": {"Test": ["CMD", "true"]}}}
                """);
        JsonNode oci = json("""
                {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []},
                 "config": {"Volumes": {"/data": {}}, "WorkingDir": "/srv", "Healthcheck": {"Test": ["CMD", "true"]}}}
                """);

        assertThat(InspectReader.isImage(printed)).isTrue();
        assertThat(InspectReader.isImage(oci)).isTrue();
        InspectReader.NamedImage named = InspectReader.knowledge(printed, FieldPath.ROOT);
        assertThat(named.names()).containsExactly("nginx:1.29", "nginx@sha256:cd", "sha256:ab");
        assertThat(InspectReader.knowledge(oci, FieldPath.ROOT))
                .isEqualTo(new InspectReader.NamedImage(List.of(), named.config()));
        assertThat(named.config().user()).isNull();
        assertThat(named.config().healthcheck()).isTrue();
        assertThat(named.config().volumes()).containsExactly("/data");
        assertThat(InspectReader.image(printed, SECOND).subject().display()).isEqualTo("Image nginx:1.29");
    }

    @Test
    void takesASwitchedOffHealthCheckForNone() throws Exception {
        JsonNode oci = json("""
                {"architecture": "amd64", "os": "linux", "rootfs": {}, "config": {"Healthcheck": {"Test": ["NONE"]}}}
                """);

        assertThat(InspectReader.knowledge(oci, FieldPath.ROOT).config().healthcheck())
                .isFalse();
    }

    @Test
    void readsAnImageWithoutConfiguration() throws Exception {
        JsonNode bare = json("""
                {"Id": "sha256:ab", "RepoTags": [], "Architecture": "amd64", "RootFS": {}, "Config": null}
                """);

        assertThat(InspectReader.knowledge(bare, FieldPath.ROOT).config().user())
                .isNull();
    }
}
