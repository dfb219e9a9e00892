package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import dev.portcullis.chart.Chart;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart and the manifests made of it, before a real API server. */
@ExtendWith(ControlPlaneExtension.class)
final class ChartIT {
    private static final String NAMESPACE = "chart-install";
    private static final String ACCOUNTS = "system:serviceaccount:portcullis:portcullis-";

    private static ControlPlane controlPlane;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void install(ControlPlane given) throws Exception {
        controlPlane = given;
        // Definitions, namespace and rights, of the manifests.
        GateAccess.grant(controlPlane, List.of());
        GateAccess.revokeScan(controlPlane);
        label("pod-security.kubernetes.io/warn=restricted");
    }

    /** Other classes use the namespace after this one. */
    @AfterAll
    static void leaveTheNamespaceAsItWas() {
        if (controlPlane != null) {
            label("pod-security.kubernetes.io/warn-");
        }
    }

    private static void label(String label) {
        succeeds(controlPlane.kubectl("label", "--overwrite", "namespace", "portcullis", label));
    }

    /** Warnings are what an API server says of deprecated versions, unknown fields, and pods that restricted forbids. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "certificates: {mode: files, secretName: corporate}",
                "hostUsers: false",
                Chart.OPTIONS + "metrics: {dashboard: {enabled: true}}"
            })
    void theServerTakesAllOfIt(String values) {
        CommandResult result = controlPlane.kubectlWithInput(
                Chart.text(Chart.NEWEST, values), "apply", "--dry-run=server", "--validate=strict", "-f", "-");

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout())
                .contains(
                        "deployment.apps/portcullis-gate",
                        "deployment.apps/portcullis-console",
                        "hardeningpolicy.portcullis.dev/default");
    }

    @Test
    void theServerTakesTheManifests() {
        CommandResult result =
                controlPlane.kubectl("apply", "-k", "k8s-manifests", "--dry-run=server", "--validate=strict");

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(controlPlane.kubectl("kustomize", "k8s-manifests").stdout())
                .contains("image: registry.example.com/portcullis@sha256:0000");
    }

    @ParameterizedTest
    @CsvSource({
        "yes, get, hardeningpolicies.portcullis.dev, -A",
        "yes, patch, hardeningexemptions.portcullis.dev, --subresource=status",
        "no, update, hardeningpolicies.portcullis.dev, -A",
        "yes, list, namespaces, -A",
        "no, list, pods, -A",
        "yes, create, validatingwebhookconfigurations, -A",
        "yes, update, mutatingwebhookconfigurations/portcullis, -A",
        "no, update, mutatingwebhookconfigurations/other, -A",
        "no, list, validatingwebhookconfigurations, -A",
        "yes, get, clusterroles/portcullis-gate, -A",
        "no, get, clusterroles/admin, -A",
        "no, update, clusterroles/portcullis-gate, -A",
        "yes, update, secrets/portcullis-gate-tls, -nportcullis",
        "no, list, secrets, -nportcullis",
        "no, get, secrets/other, -nportcullis",
        "no, get, secrets/portcullis-console-token, -nportcullis",
        "no, create, secrets, -nportcullis",
        "no, get, secrets/portcullis-gate-tls, -nkube-system",
        "yes, create, leases.coordination.k8s.io, -nportcullis",
        "yes, update, leases.coordination.k8s.io/portcullis-gate, -nportcullis",
        "no, update, leases.coordination.k8s.io/other, -nportcullis",
        "yes, get, leases.coordination.k8s.io/portcullis-hold, -nportcullis",
        "yes, list, endpointslices.discovery.k8s.io, -nportcullis",
        "no, list, endpointslices.discovery.k8s.io, -nkube-system",
        "yes, create, events.events.k8s.io, -A",
        "yes, patch, events.events.k8s.io, -A",
        "no, list, events.events.k8s.io, -A",
        "no, create, events, -A",
        "no, create, pods, -nportcullis",
    })
    void theGateMayDoThisAndNoMore(String answer, String verb, String resource, String where) {
        assertThat(answerTo("gate", verb, resource, where)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "yes, list, hardeningpolicies.portcullis.dev, -A",
        "no, patch, hardeningexemptions.portcullis.dev, --subresource=status",
        "yes, watch, pods, -A",
        "no, create, pods, -nportcullis",
        "no, get, pods, --subresource=log",
        "no, create, pods, --subresource=exec",
        "yes, list, networkpolicies.networking.k8s.io, -A",
        "yes, get, nodes, --subresource=configz",
        "no, get, nodes, --subresource=proxy",
        "no, create, validatingwebhookconfigurations, -A",
        "no, get, validatingwebhookconfigurations/portcullis, -A",
        "yes, get, secrets/portcullis-gate-tls, -nportcullis",
        "no, update, secrets/portcullis-gate-tls, -nportcullis",
        "yes, update, secrets/portcullis-console-token, -nportcullis",
        "no, list, secrets, -nportcullis",
        "no, get, secrets/portcullis-console-token, -nkube-system",
        "yes, update, leases.coordination.k8s.io/portcullis-console, -nportcullis",
        "no, update, leases.coordination.k8s.io/portcullis-gate, -nportcullis",
        "no, create, events.events.k8s.io, -A",
        "no, list, configmaps, -A",
    })
    void theConsoleMayDoThisAndNoMore(String answer, String verb, String resource, String where) {
        assertThat(answerTo("console", verb, resource, where)).isEqualTo(answer);
    }

    private static String answerTo(String account, String verb, String resource, String where) {
        return controlPlane
                .kubectl("auth", "can-i", verb, resource, where, "--as=" + ACCOUNTS + account)
                .stdout()
                .strip();
    }

    @Test
    void helmInstallsUpgradesAndLeavesNothingBehind() throws Exception {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        Path kubeconfig = administrator();
        controlPlane.namespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        new Helm(Chart.FOLDER)
                .install()
                .withName("gatekeeping")
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .withValuesFile(Files.writeString(folder.resolve("values.yaml"), Chart.PINNED))
                .call();
        String gate = "gatekeeping-portcullis-gate";
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(controlPlane
                                    .client()
                                    .pods()
                                    .inNamespace(NAMESPACE)
                                    .list()
                                    .getItems())
                            .as(controlPlane.events(NAMESPACE).toString())
                            .hasSize(3));
            keepsTheCertificateOverAnUpgrade(kubeconfig, gate);
            registerAsTheGateWould(gate);
        } finally {
            Helm.uninstall("gatekeeping")
                    .withNamespace(NAMESPACE)
                    .withKubeConfig(kubeconfig)
                    .call();
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(controlPlane
                                .kubectl(
                                        "get",
                                        "validatingwebhookconfigurations,clusterroles,hp,priorityclasses",
                                        "-o",
                                        "name")
                                .stdout())
                        .doesNotContain("gatekeeping", "hardeningpolicy.portcullis.dev/default"));
    }

    private static void keepsTheCertificateOverAnUpgrade(Path kubeconfig, String gate) {
        String secret = gate + "-tls";
        succeeds(controlPlane.kubectl(
                "patch",
                "secret",
                secret,
                "-n",
                NAMESPACE,
                "--type=merge",
                "-p",
                "{\"data\":{\"tls.crt\":\"" + Base64.getEncoder().encodeToString(new byte[] {1}) + "\"}}"));
        new Helm(Chart.FOLDER)
                .upgrade()
                .withName("gatekeeping")
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .reuseValues()
                .set("policy.mode", "enforce")
                .call();
        assertThat(controlPlane
                        .kubectl("get", "secret", secret, "-n", NAMESPACE, "-o", "jsonpath={.data}")
                        .stdout())
                .isEqualTo("{\"tls.crt\":\"AQ==\"}");
        assertThat(controlPlane
                        .kubectl("get", "hp", "default", "-o", "jsonpath={.spec.mode}")
                        .stdout())
                .isEqualTo("enforce");
    }

    private static void registerAsTheGateWould(String gate) {
        ClusterRole owner =
                controlPlane.client().rbac().clusterRoles().withName(gate).get();
        controlPlane
                .client()
                .resource(new ValidatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName("gatekeeping-portcullis")
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("rbac.authorization.k8s.io/v1")
                                .withKind("ClusterRole")
                                .withName(gate)
                                .withUid(owner.getMetadata().getUid())
                                .build())
                        .endMetadata()
                        .build())
                .create();
    }

    private static Path administrator() throws Exception {
        var configuration = controlPlane.client().getConfiguration();
        assumeTrue(
                configuration.getCaCertFile() != null && configuration.getOauthToken() != null,
                "the control plane's administrator has no token, or its CA is in no file");
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: e2e, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: admin, user: {token: "%s"}}]
                contexts: [{name: e2e, context: {cluster: e2e, user: admin}}]
                current-context: e2e
                """.formatted(
                        configuration.getMasterUrl(), configuration.getCaCertFile(), configuration.getOauthToken()));
    }
}
