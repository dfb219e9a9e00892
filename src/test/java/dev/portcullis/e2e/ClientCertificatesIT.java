package dev.portcullis.e2e;

import static dev.portcullis.e2e.LiveResources.podJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An API server that shows who it is, as its AdmissionConfiguration has it, to gates that ask for that. */
@Timeout(240)
final class ClientCertificatesIT {
    @TempDir
    private Path folder;

    @Test
    void asksWithItsCertificateAndIsAnsweredByTheGateThatNamesIt() throws Exception {
        String binaries = System.getenv("KUBEBUILDER_ASSETS");
        Assumptions.assumeTrue(
                binaries != null && !binaries.isBlank(),
                "skipped: no API server that can be configured: set KUBEBUILDER_ASSETS");
        OpenSsl.authority(folder).sign("kube-apiserver", "/O=system:masters/CN=kube-apiserver");
        try (PortcullisProcess named = gate("kube-apiserver");
                PortcullisProcess another = gate("somebody-else");
                ControlPlane controlPlane = BinaryControlPlane.start(
                        Path.of(binaries), "--admission-control-config-file=" + configuration(named, another))) {
            String namespace = controlPlane.namespace("asked", Map.of());
            try (Webhooks _ = Webhooks.registerIgnoringFailures(controlPlane, named)) {
                assertThat(create(controlPlane, namespace, true).stderr()).contains("denied the request", "privileged");
            }
            try (Webhooks _ = Webhooks.registerIgnoringFailures(controlPlane, another)) {
                CommandResult refused = create(controlPlane, namespace, false);
                assertThat(refused.exitCode()).isNotZero();
                // From /mutate, which never denies, and from /validate, whose failures are ignored here.
                assertThat(refused.stderr())
                        .contains("Warning: ", "denied the request")
                        .contains("the client certificate has another common name than"
                                + " portcullis.admission.client-names accepts");
            }
        }
    }

    private PortcullisProcess gate(String name) {
        return PortcullisProcess.start(
                "localhost",
                "--portcullis.admission.client-ca=" + folder.resolve("ca.crt"),
                "--portcullis.admission.client-names=" + name);
    }

    private Path configuration(PortcullisProcess... gates) throws IOException {
        StringBuilder kubeconfig = new StringBuilder("apiVersion: v1\nkind: Config\nusers:\n");
        for (PortcullisProcess gate : gates) {
            kubeconfig.append("""
                    - name: "127.0.0.1:%1$d"
                      user: {client-certificate: %2$s/kube-apiserver.crt, client-key: %2$s/kube-apiserver.key}
                    """.formatted(gate.admissionPort(), folder));
        }
        Path users = Files.writeString(folder.resolve("gates.kubeconfig"), kubeconfig);
        return Files.writeString(folder.resolve("admission.yaml"), """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AdmissionConfiguration
                plugins:
                - name: ValidatingAdmissionWebhook
                  configuration:
                    apiVersion: apiserver.config.k8s.io/v1
                    kind: WebhookAdmissionConfiguration
                    kubeConfigFile: %1$s
                - name: MutatingAdmissionWebhook
                  configuration:
                    apiVersion: apiserver.config.k8s.io/v1
                    kind: WebhookAdmissionConfiguration
                    kubeConfigFile: %1$s
                """.formatted(users));
    }

    private static CommandResult create(ControlPlane controlPlane, String namespace, boolean privileged) {
        return controlPlane.kubectlWithInput(
                podJson("web", privileged, false, ""), "create", "--dry-run=server", "-n", namespace, "-f", "-");
    }
}
