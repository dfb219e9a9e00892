package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodSecurityVerdictTest {

    @ParameterizedTest(name = "{0} at {1} fails {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            baseline   | latest | {hostNetwork: true, hostPID: true, hostIPC: true}            | host-ipc host-network host-pid
            baseline   | latest | {hostNetwork: true, hostIPC: false}                          | host-network
            baseline   | latest | {containers: [{securityContext: {privileged: true}}]}        | privileged
            baseline   | latest | {containers: [{securityContext: {capabilities: {add: ['ALL']}}}]} | capabilities-added
            baseline   | latest | {containers: [{securityContext: {procMount: ''}}]}           | masked-paths
            baseline   | latest | {containers: [{ports: [{hostPort: 80}]}]}                    | host-ports
            baseline   | latest | {containers: [{livenessProbe: {tcpSocket: {host: '::1'}}}]}  | host-probes
            baseline   | latest | {volumes: [{hostPath: {}, emptyDir: {}}]}                    | host-path-volumes
            baseline   | latest | {securityContext: {appArmorProfile: {}}}                     | apparmor-profile
            baseline   | latest | {securityContext: {appArmorProfile: {type: 'a'}}, containers: [{securityContext: {appArmorProfile: {type: 'b'}}}]} | apparmor-profile
            baseline   | latest | {securityContext: {seLinuxOptions: {user: 'u'}}}             | selinux-options
            baseline   | latest | {securityContext: {seccompProfile: {}}}                      | seccomp-profile
            baseline   | latest | {securityContext: {sysctls: [{name: 'a'}, {name: 'b'}]}}     | sysctls
            baseline   | latest | {securityContext: {windowsOptions: {hostProcess: true}}}     | windows-host-process
            restricted | latest | {securityContext: {runAsUser: 0}}                            | run-as-user
            restricted | v1.0   | {securityContext: {runAsNonRoot: false}}                     | run-as-non-root
            restricted | v1.8   | {containers: [{securityContext: {runAsNonRoot: true}}]}      | no-new-privileges
            restricted | v1.24  | {os: {name: 'windows'}, containers: [{securityContext: {runAsNonRoot: true, capabilities: {add: ['CHOWN']}}}]} | capabilities-added capabilities-dropped no-new-privileges seccomp-profile
            restricted | v1.25  | {os: {name: 'windows'}, containers: [{securityContext: {runAsNonRoot: true, capabilities: {add: ['CHOWN']}}}]} |
            restricted | v1.0   | {containers: [{securityContext: {runAsNonRoot: true, capabilities: {add: ['KILL', 'SYS_TIME']}}}]} | capabilities-added
            restricted | latest | {volumes: [{hostPath: {}}]}                                  | host-path-volumes
            restricted | latest | {volumes: [{hostPath: {}, emptyDir: {}}]}                    |
            restricted | latest | {volumes: [{hostPath: {}, nfs: {}}]}                         | host-path-volumes
            restricted | latest | {volumes: [{nfs: {}}, {fc: {}}]}                             | volume-types
            restricted | latest | {volumes: [{}, {hostPath: {}}, {storageos: {}}]}             | host-path-volumes volume-types
            """)
    void namesTheChecksThatKubernetesFails(String level, String version, String spec, String checks) {
        var pod = Draw.json("{spec: " + spec + "}");

        var failed = new Kubernetes().judge(level, version, pod).failed();

        assertThat(String.join(" ", failed)).isEqualTo(checks == null ? "" : checks);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {allowed: false, checks: [{reason: 'a check of tomorrow', detail: ''}]}
            {allowed: false, checks: [{reason: 'host namespaces', detail: 'hostTime=true'}]}
            {allowed: false, checks: [{reason: 'unrestricted capabilities', detail: 'container "a" must keep calm'}]}
            {allowed: false, checks: [{reason: 'restricted volume types', detail: 'volume "a" is bad'}]}
            {allowed: true, checks: [{reason: 'privileged', detail: ''}]}
            {allowed: false, checks: []}
            {error: 'json: cannot unmarshal string into Go value'}
            """, quoteCharacter = '`')
    void refusesAnAnswerThatItDoesNotKnow(String answer) {
        assertThatIllegalArgumentException().isThrownBy(() -> PodSecurityVerdict.of(Draw.json(answer)));
    }

    @Test
    void readsAnAllowedPod() {
        assertThat(PodSecurityVerdict.of(Draw.json("{allowed: true, checks: []}"))
                        .allowed())
                .isTrue();
    }
}
