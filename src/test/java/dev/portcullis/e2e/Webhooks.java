package dev.portcullis.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The product's webhooks in the API server, from when the API server heeds them until it no longer does. */
final class Webhooks implements AutoCloseable {
    static final String VALIDATING = "validate.portcullis.dev";
    static final String MUTATING = "mutate.portcullis.dev";

    // Both have the same rules, though only pods are patched: the rest must come through /mutate unharmed.
    // The second webhook of a configuration is served by nobody and asked about ConfigMaps with its label alone: once
    // such a ConfigMap is refused, the API server heeds the configuration, whatever the policy says about pods.
    private static final String CONFIGURATION = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: %1$sWebhookConfiguration
            metadata: {name: portcullis-e2e}
            webhooks:
            - name: %2$s
              clientConfig: {url: "%3$s", caBundle: "%4$s"}
              admissionReviewVersions: [v1]
              failurePolicy: %6$s
              matchPolicy: Equivalent%5$s
              sideEffects: None
              timeoutSeconds: 10
              namespaceSelector:
                matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}]
              rules:
              - apiGroups: [""]
                apiVersions: [v1]
                operations: [CREATE, UPDATE]
                resources: [pods, pods/ephemeralcontainers, pods/resize, replicationcontrollers, podtemplates]
              - apiGroups: [""]
                apiVersions: [v1]
                operations: [CONNECT]
                resources: [pods/exec, pods/attach]
              - apiGroups: [apps]
                apiVersions: [v1]
                operations: [CREATE, UPDATE]
                resources: [deployments, replicasets, statefulsets, daemonsets]
              - apiGroups: [batch]
                apiVersions: [v1]
                operations: [CREATE, UPDATE]
                resources: [jobs, cronjobs]
            - name: probe.%2$s
              clientConfig: {url: "https://127.0.0.1:1/"}
              admissionReviewVersions: [v1]
              failurePolicy: Fail
              sideEffects: None
              objectSelector: {matchLabels: {portcullis.dev/e2e-probe: %2$s}}
              rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
            """;

    private final KubernetesClient client;
    private final List<String> configurations;

    private Webhooks(KubernetesClient client, List<String> configurations) {
        this.client = client;
        this.configurations = configurations;
    }

    /** Registers {@code /validate} and {@code /mutate} of the process, and waits until the API server calls them. */
    static Webhooks register(ControlPlane controlPlane, PortcullisProcess process) {
        return register(controlPlane, process, "Fail");
    }

    /** The same where the API server admits what no gate answers. */
    static Webhooks registerIgnoringFailures(ControlPlane controlPlane, PortcullisProcess process) {
        return register(controlPlane, process, "Ignore");
    }

    private static Webhooks register(ControlPlane controlPlane, PortcullisProcess process, String failurePolicy) {
        int port = process.admissionPort();
        String ca = base64(process);
        Webhooks webhooks = new Webhooks(
                controlPlane.client(),
                List.of(
                        CONFIGURATION.formatted(
                                "Mutating",
                                MUTATING,
                                controlPlane.webhookUrl(port, "/mutate"),
                                ca,
                                "\n  reinvocationPolicy: IfNeeded",
                                failurePolicy),
                        CONFIGURATION.formatted(
                                "Validating",
                                VALIDATING,
                                controlPlane.webhookUrl(port, "/validate"),
                                ca,
                                "",
                                failurePolicy)));
        try {
            webhooks.create();
            return webhooks;
        } catch (RuntimeException e) {
            // Left behind, they would refuse other classes' pods.
            webhooks.close();
            throw e;
        }
    }

    private void create() {
        for (String configuration : configurations) {
            client.load(stream(configuration)).create();
        }
        awaitProbes(true);
    }

    /** Removes the webhooks and waits until the API server no longer heeds them. */
    @Override
    public void close() {
        for (String configuration : configurations) {
            client.load(stream(configuration)).delete();
        }
        awaitProbes(false);
    }

    private void awaitProbes(boolean refused) {
        for (String webhook : List.of(MUTATING, VALIDATING)) {
            await(webhook + " to be " + (refused ? "heeded" : "forgotten"))
                    .atMost(Duration.ofSeconds(30))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> refused(webhook) == refused);
        }
    }

    private boolean refused(String webhook) {
        ConfigMap probe = new ConfigMapBuilder()
                .withNewMetadata()
                .withGenerateName("probe-")
                .withNamespace("default")
                .addToLabels("portcullis.dev/e2e-probe", webhook)
                .endMetadata()
                .build();
        try {
            client.resource(probe).dryRun().create();
            return false;
        } catch (KubernetesClientException e) {
            if (String.valueOf(e.getMessage()).contains("probe." + webhook)) {
                return true;
            }
            throw e;
        }
    }

    private static ByteArrayInputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(PortcullisProcess process) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(process.certificateAuthority()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
