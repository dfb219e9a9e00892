package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The control plane that the other end-to-end tests build on does what they take for granted. */
@ExtendWith(ControlPlaneExtension.class)
final class ControlPlaneIT {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: web, image: registry.example/web:1}]
            """;

    private final ControlPlane controlPlane;

    ControlPlaneIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    @Test
    void kubectlAndClientMeetTheSameServer() {
        CommandResult version = controlPlane.kubectl("version", "-o", "yaml");

        assertThat(version.exitCode()).as(version.stderr()).isZero();
        assertThat(version.stdout())
                .contains("serverVersion")
                .contains(controlPlane.client().getKubernetesVersion().getGitVersion());
    }

    @Test
    void aFailedCommandTellsWhy() {
        CommandResult missing = controlPlane.kubectl("get", "namespace", "not-there");

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.stderr()).contains("namespaces \"not-there\" not found");
        assertThat(missing.stdout()).isEmpty();
    }

    @Test
    void aDeploymentGetsItsReplicaSetAndPods() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        String namespace = controlPlane.namespace("deployment-gets-pods", Map.of("team", "shop"));

        CommandResult applied = controlPlane.kubectlWithInput(DEPLOYMENT, "apply", "-n", namespace, "-f", "-");

        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(controlPlane
                            .client()
                            .apps()
                            .replicaSets()
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .hasSize(1);
            assertThat(controlPlane
                            .client()
                            .pods()
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .hasSize(2)
                    .allSatisfy(pod ->
                            assertThat(pod.getMetadata().getGenerateName()).startsWith("web-"));
        });
    }

    @Test
    void aFakeNodeIsReady() {
        Node node = controlPlane.fakeNode("fake-ready");

        assertThat(node.getStatus().getConditions())
                .anySatisfy(condition ->
                        assertThat(condition.getType() + condition.getStatus()).isEqualTo("ReadyTrue"));
    }
}
