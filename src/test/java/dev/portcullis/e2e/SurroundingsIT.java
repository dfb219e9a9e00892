package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static dev.portcullis.e2e.LiveResources.HELD;
import static dev.portcullis.e2e.LiveResources.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What scans know that pods do not say: volumes behind claims, network policies, and what kubelets tell. */
@ExtendWith(ControlPlaneExtension.class)
final class SurroundingsIT {
    private static final String PLACE = LiveResources.SHOP;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ControlPlane controlPlane;
    private static Path kubeconfig;

    @TempDir
    private Path folder;

    @BeforeAll
    static void grant(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        GateAccess.grant(cluster, List.of(HELD, PLACE));
        kubeconfig = GateAccess.console(cluster);
        cluster.awaitDefaultAccount(PLACE);
    }

    @BeforeEach
    void begin() {
        ReportDefinitions.OPENREPORTS.install(controlPlane);
    }

    @AfterEach
    void clean() {
        ReportDefinitions.OPENREPORTS.remove(controlPlane);
        succeeds(controlPlane.kubectl("delete", "hp", "--all"));
        succeeds(controlPlane.kubectl("delete", "pod,netpol", "--all", "-n", PLACE, "--now", "--timeout=50s"));
        succeeds(controlPlane.kubectl("delete", "pv", "scan-logs", "--ignore-not-found", "--wait=false"));
        controlPlane.kubectl(
                "patch", "pv", "scan-logs", "--type=merge", "-p", "{\"metadata\": {\"finalizers\": null}}");
    }

    @Test
    void hostPathsBehindClaimsAreHostPaths() {
        only("sensitive-host-paths: {mode: enforce}, host-path-volumes: {mode: warn}");
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: reader}
                spec:
                  nodeSelector: {portcullis.dev/e2e: nowhere}
                  containers: [{name: c, image: i, volumeMounts: [{name: logs, mountPath: /logs}]}]
                  volumes: [{name: logs, persistentVolumeClaim: {claimName: logs}}]
                """);
        try (PortcullisProcess _ = start()) {
            await().atMost(PATIENCE)
                    .until(() -> report("reader").at("/summary/pass").asInt(0) == 2);

            succeeds(controlPlane.kubectlWithInput("""
                    apiVersion: v1
                    kind: PersistentVolume
                    metadata: {name: scan-logs}
                    spec:
                      capacity: {storage: 1Gi}
                      accessModes: [ReadWriteOnce]
                      hostPath: {path: /var/log/pods}
                      claimRef: {namespace: %s, name: logs}
                    """.formatted(PLACE), "apply", "-f", "-"));

            await().atMost(PATIENCE)
                    .until(() -> report("reader").at("/summary/fail").asInt(0) == 1);
            JsonNode result = report("reader")
                    .path("results")
                    .valueStream()
                    .filter(one -> one.path("rule").asString().equals("sensitive-host-paths"))
                    .findFirst()
                    .orElseThrow();
            assertThat(result.path("message").asString())
                    .isEqualTo("spec.volumes[0].persistentVolumeClaim.claimName mounts \"/var/log/pods\" of the host,"
                            + " which lies in the sensitive /var/log; remove the volume");
            assertThat(report("reader").at("/summary/warn").asInt()).isEqualTo(1);
        }
    }

    @Test
    void networkPoliciesSayWhatIsIsolated() {
        only("network-isolation: {mode: enforce}");
        create(LiveResources.podJson("web", false, false, ", \"labels\": {\"app\": \"web\"}"));
        create(LiveResources.podJson("host", false, true, ", \"labels\": {\"app\": \"web\"}"));
        try (PortcullisProcess _ = start()) {
            await().atMost(PATIENCE)
                    .until(() -> report("web").at("/summary/fail").asInt(0) == 1);
            assertThat(report("web").at("/results/0/message").asString())
                    .startsWith("no NetworkPolicy of namespace " + PLACE + " restricts who reaches it");

            create("""
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: deny}
                    spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}, policyTypes: [Ingress]}
                    """);
            await().atMost(PATIENCE)
                    .until(() -> report("web").at("/summary/pass").asInt(0) == 1);
            assertThat(report("host").at("/results/0/message").asString())
                    .startsWith("it uses the host's network, where no NetworkPolicy counts");

            create("""
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: open}
                    spec: {podSelector: {}, ingress: [{}]}
                    """);
            await().atMost(PATIENCE)
                    .until(() -> report("web").at("/summary/fail").asInt(0) == 1);
            assertThat(report("web").at("/results/0/message").asString())
                    .startsWith("NetworkPolicy open lets everybody in");
        }
    }

    @Test
    void kubeletsSayHowManyProcessesAPodMayHave() throws Exception {
        only("pids-limit: {mode: enforce}");
        try (StandInKubelet kubelet = StandInKubelet.start(controlPlane, "scan-node", 512, folder)) {
            create(onNodes("fine", "{pool: scan-node}"));
            create(onNodes("lost", "{pool: none}"));
            try (PortcullisProcess _ = start("--portcullis.scan.kubelet-ca=" + kubelet.authority())) {
                await().atMost(PATIENCE)
                        .until(() -> report("fine").at("/summary/pass").asInt(0) == 1);
                assertThat(report("lost").at("/summary/skip").asInt()).isEqualTo(1);
                assertThat(kubelet.answers())
                        .containsExactly("200 system:serviceaccount:portcullis:portcullis-console");
            }
            kubelet.limit(-1);
            try (PortcullisProcess _ = start("--portcullis.scan.kubelet-ca=" + kubelet.authority())) {
                await().atMost(PATIENCE)
                        .until(() -> report("fine").at("/summary/fail").asInt(0) == 1);
                assertThat(report("fine").at("/results/0/message").asString())
                        .isEqualTo(
                                "podPidsLimit of node scan-node is -1, which means unlimited; set podPidsLimit to 1024 or"
                                        + " less in the kubelet's configuration");
            }
        }
    }

    @Test
    void aKubeletThatNobodyVouchesForIsToldNothing() throws Exception {
        only("pids-limit: {mode: enforce}");
        try (StandInKubelet kubelet = StandInKubelet.start(controlPlane, "scan-node", 512, folder)) {
            create(onNodes("fine", "{pool: scan-node}"));
            // The cluster's own CA has not signed its certificate.
            try (PortcullisProcess _ = start()) {
                await().atMost(PATIENCE)
                        .until(() -> report("fine").at("/summary/skip").asInt(0) == 1);
            }
            assertThat(kubelet.answers()).isEmpty();
        }
    }

    private static void only(String checks) {
        succeeds(controlPlane.kubectlWithInput(
                policy("only", "profile: none, checks: {" + checks + "}"), "apply", "-f", "-"));
    }

    private static String onNodes(String name, String selector) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec: {nodeSelector: %s, containers: [{name: c, image: i}]}
                """.formatted(name, selector);
    }

    private static PortcullisProcess start(String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--kubeconfig",
                kubeconfig.toString(),
                "--portcullis.namespace=portcullis",
                "--portcullis.roles=console",
                "--portcullis.scan.enabled=true"));
        all.addAll(List.of(flags));
        return PortcullisProcess.start(controlPlane.webhookHost(), all.toArray(String[]::new));
    }

    private static JsonNode report(String pod) {
        CommandResult found = controlPlane.kubectl(
                "get", "reports.openreports.io", "portcullis-pod-" + pod, "-n", PLACE, "-o", "json");
        return JsonMapper.shared().readTree(found.exitCode() == 0 ? found.stdout() : "{}");
    }

    private static void create(String manifest) {
        succeeds(controlPlane.kubectlWithInput(manifest, "create", "-n", PLACE, "-f", "-"));
    }
}
