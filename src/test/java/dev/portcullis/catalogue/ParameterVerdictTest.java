package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Check;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Findings;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Level;
import dev.portcullis.check.Parameters;
import dev.portcullis.workload.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy's parameters change in the verdicts on Docker containers. */
class ParameterVerdictTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cgroup-parent | allow | build.slice | {"CgroupParent": "build.slice"}                      | PASS
            cgroup-parent | allow | /build/*    | {"CgroupParent": "/build/one"}                       | PASS
            cgroup-parent | allow | /build/*    | {"CgroupParent": "/build/../system"}                 | FAIL
            cgroup-parent | allow | /build/*    | {"CgroupParent": "/build/.."}                        | FAIL
            cgroup-parent | allow | /build/*    | {"CgroupParent": "/other"}                           | FAIL
            devices       | allow | /dev/fuse   | {"Devices": [{"PathOnHost": "/dev/fuse"}]}           | PASS
            devices       | allow | /dev/dri/*  | {"Devices": [{"PathOnHost": "/dev/dri/card0"}]}      | PASS
            devices       | allow | /dev/dri/*  | {"Devices": [{"PathOnHost": "/dev/dri/../sda"}]}     | FAIL
            devices       | allow | /dev/dri/*  | {"Devices": [{"PathOnHost": "/dev/dri/./../sda"}]}   | FAIL
            devices       | allow | /dev/dri/*  | {"Devices": [{"PathOnHost": "/dev/dri//card0"}]}     | FAIL
            devices       | allow | *           | {"DeviceCgroupRules": ["c 1:3 r"]}                   | FAIL
            devices       | allow | *           | {"DeviceRequests": [{"Driver": "/dev/fuse"}]}        | FAIL
            ulimits       | max   | nofile=10   | {"Ulimits": [{"Name": "nofile", "Hard": 10}]}        | PASS
            ulimits       | max   | nofile=10   | {"Ulimits": [{"Name": "nofile", "Hard": 11}]}        | FAIL
            ulimits       | max   | nofile=10   | {"Ulimits": [{"Name": "nproc", "Hard": 1000000}]}    | PASS
            ulimits       | max   | memlock=-1  | {"Ulimits": [{"Name": "memlock", "Hard": -1}]}       | PASS
            ulimits       | max   | nofile=10   | {"Ulimits": [{"Name": "nofile", "Hard": -5}]}        | FAIL
            """)
    void lists(String check, String parameter, String value, String host, String verdict) {
        assertThat(verdict(check, Map.of(parameter, List.of(value)), host)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"9, FAIL", "10, PASS"})
    void restarts(long most, String verdict) {
        String host = "{\"RestartPolicy\": {\"Name\": \"on-failure\", \"MaximumRetryCount\": 10}}";

        assertThat(verdict("restart-policy", Map.of("max", most), host)).isEqualTo(verdict);
    }

    private static String verdict(String id, Map<String, Object> parameters, String host) {
        Check check = Catalogue.find(id).orElseThrow();
        List<Finding> found = new ArrayList<>();
        check.ask(
                Documents.matter(Form.CONTAINER, "{\"Image\": \"a\", \"HostConfig\": " + host + "}"),
                new Criteria(Level.HARDENED, KubernetesVersion.LATEST, Parameters.of(check.info(), parameters)),
                new Findings(check.info(), true, found::add));
        assertThat(found).hasSize(1);
        return found.getFirst().result().name();
    }
}
