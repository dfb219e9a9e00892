package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.document.Json;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeReaderTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"Binds\":[\"/etc:/e\"]`, /etc=/HostConfig/Binds/0",
                "`\"binds\":[\"/:/host:ro,rslave\"]`, /=/HostConfig/binds/0",
                "`\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/run\",\"Target\":\"/r\"}]`, /run=/HostConfig/Mounts/0/Source",
                "`\"Mounts\":[{\"Type\":\"npipe\",\"source\":\"p\"}]`, p=/HostConfig/Mounts/0/source",
                "`\"Mounts\":[{\"Type\":\"Bind\",\"Source\":\"/run\"}]`, /run=/HostConfig/Mounts/0/Source"
            })
    void hostPaths(String host, String expected) throws Exception {
        assertThat(hostPaths(read(host))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/etc\"}`, /etc",
                "`{\"o\":\"bind\",\"device\":\"etc\"}`, /etc",
                "`{\"type\":\"ext4\",\"device\":\"/dev/sda1\"}`, /dev/sda1",
                "`{\"type\":\"nfs\",\"o\":\"addr=1.2.3.4,bind\",\"device\":\"/etc\"}`, /etc",
                "`{\"type\":\"tmpfs\",\"o\":\"rbind\",\"device\":\"/etc\"}`, /etc",
                "`{\"mountpoint\":\"/etc\"}`, /etc"
            })
    void driverOptionsThatOpenTheHost(String options, String path) throws Exception {
        VolumeReader volumes = read("\"Mounts\":[{\"Type\":\"volume\",\"VolumeOptions\":{\"DriverConfig\":{\"Options\":"
                + options + "}}}]");

        assertThat(hostPaths(volumes))
                .singleElement()
                .asString()
                .startsWith(path + "=/HostConfig/Mounts/0/VolumeOptions/DriverConfig/Options/");
    }

    @Test
    void overlaysNameHostPathsInTheirOptions() throws Exception {
        VolumeReader volumes = read("\"Mounts\":[{\"Type\":\"volume\",\"VolumeOptions\":{\"DriverConfig\":{\"Options\":"
                + "{\"type\":\"overlay\",\"o\":\"lowerdir=/etc:/root,upperdir=/tmp/u\"}}}}]");

        assertThat(hostPaths(volumes))
                .extracting(path -> path.substring(0, path.indexOf('=')))
                .containsExactly("/", "/etc", "/root", "/tmp/u");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proc", "devtmpfs", "sysfs", "cgroup2", "overlay", "of-the-future"})
    void fileSystemsOfTheKernelOpenTheWholeHost(String type) throws Exception {
        VolumeReader volumes = read("\"Mounts\":[{\"Type\":\"volume\",\"VolumeOptions\":{\"DriverConfig\":{\"Options\":"
                + "{\"type\":\"" + type + "\",\"device\":\"x\"}}}}]");

        assertThat(hostPaths(volumes)).anyMatch(path -> path.startsWith("/="));
    }

    @Test
    void onlyTheLocalDriverIsBelievedWhenItSaysThatItIsRemote() throws Exception {
        VolumeReader volumes =
                read("\"Mounts\":[{\"Type\":\"volume\",\"VolumeOptions\":{\"DriverConfig\":{\"Name\":\"local-persist\","
                        + "\"Options\":{\"type\":\"nfs\",\"mountpoint\":\"/etc\"}}}}]");

        assertThat(hostPaths(volumes)).anyMatch(path -> path.startsWith("/etc="));
    }

    @Test
    void pipesOfWindowsAreHostPathsInBindsToo() throws Exception {
        VolumeReader volumes = read("\"Binds\":[\"\\\\\\\\.\\\\pipe\\\\docker_engine:/p\"]");

        assertThat(hostPaths(volumes)).singleElement().asString().contains("docker_engine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Binds\":[\"data:/d\",\"/anonymous\"]",
                "\"VolumesFrom\":[\"other:ro\"]",
                "\"Tmpfs\":{\"/tmp\":\"\"}",
                "\"Mounts\":[{\"Type\":\"tmpfs\",\"Target\":\"/t\"},{\"Type\":\"image\",\"Source\":\"a\"}]",
                "\"Mounts\":[{\"Type\":\"volume\",\"Source\":\"data\",\"VolumeOptions\":{\"DriverConfig\":{\"Options\":"
                        + "{\"type\":\"nfs\",\"o\":\"addr=1.2.3.4\",\"device\":\":/export\"}}}}]"
            })
    void whatOpensNoHostPath(String host) throws Exception {
        VolumeReader volumes = read(host);

        assertThat(volumes.volumes()).isNotEmpty();
        assertThat(hostPaths(volumes)).isEmpty();
    }

    @Test
    void propagation() throws Exception {
        VolumeReader volumes = read("\"Binds\":[\"/a:/a:ro,rshared\",\"/b:/b\"],\"Mounts\":[{\"Type\":\"bind\","
                + "\"Source\":\"/c\",\"BindOptions\":{\"propagation\":\"slave\"}}]");

        assertThat(volumes.mounts())
                .extracting(Mount::propagation)
                .extracting(setting -> setting.isDeclared() + " " + setting.effective())
                .containsExactly("true rshared", "false rprivate", "true slave");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"Binds\":[\"/a:/b\"]`, /a:/b:ro",
                "`\"Binds\":[\"/a:/b:\"]`, /a:/b:ro",
                "`\"Binds\":[\"/a:/b:z,rslave\"]`, `/a:/b:z,rslave,ro`",
                "`\"Binds\":[\"/a:/b:rw,z\"]`, `/a:/b:z,ro`",
                "`\"VolumesFrom\":[\"db\"]`, db:ro",
                "`\"VolumesFrom\":[\"db:z\"]`, `db:z,ro`",
                "`\"VolumesFrom\":[\"db:rw\"]`, db:ro"
            })
    void modesAreWrittenAnewForWhatIsWritable(String host, String written) throws Exception {
        Setting<Boolean> readOnly = read(host).mounts().getFirst().readOnly();

        assertThat(readOnly.effective()).isFalse();
        Edit edit = readOnly instanceof Setting.Declared<Boolean> declared
                ? declared.edit(true)
                : ((Setting.Absent<Boolean>) readOnly).edit(true);
        assertThat(edit)
                .isInstanceOfSatisfying(
                        Edit.Set.class, set -> assertThat(set.value()).isEqualTo(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Binds\":[\"/a:/b:ro\"]",
                "\"Binds\":[\"/a:/b:z,ro\"]",
                "\"VolumesFrom\":[\"db:ro\"]",
                "\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/a\",\"readonly\":true}]"
            })
    void whatIsReadOnly(String host) throws Exception {
        assertThat(read(host).mounts())
                .allMatch(mount -> Boolean.TRUE.equals(mount.readOnly().effective()) && mount.ofHost());
    }

    @Test
    void bindsThatTheEngineRefuses() {
        assertThatThrownBy(() -> read("\"Binds\":[\"/a:/b:ro:x\"]"))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessage("HostConfig.Binds[0] is \"/a:/b:ro:x\": write source:target or source:target:options");
    }

    private static List<String> hostPaths(VolumeReader volumes) {
        List<String> found = new ArrayList<>();
        for (Volume volume : volumes.volumes()) {
            Setting.Declared<String> path = volume.hostPath();
            if (path != null) {
                found.add(path.value() + "=" + path.path().pointer());
            }
        }
        return found;
    }

    private static VolumeReader read(String host) throws Exception {
        return new VolumeReader(
                EngineBody.create(Json.read(("{\"HostConfig\":{" + host + "}}").getBytes(UTF_8))),
                EngineNotation.CREATE_BODY,
                EngineObjects.NONE);
    }
}
