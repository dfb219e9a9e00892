package dev.portcullis.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Kubernetes API server and what comes with it; {@link ControlPlaneExtension} starts one for all tests. */
sealed interface ControlPlane extends AutoCloseable permits BinaryControlPlane, K3sControlPlane {
    /** A client with all rights. */
    KubernetesClient client();

    /** Runs kubectl with all rights, {@code stdin} as its standard input, and waits for its end, 60 s at most. */
    CommandResult kubectlWithInput(String stdin, String... args);

    /** Whether Deployments and Jobs get their pods, and namespaces their service accounts. */
    boolean runsControllers();

    /** The host by which the API server reaches a port of this machine's loopback; a webhook's certificate must have it. */
    String webhookHost();

    /** The address by which the API server reaches {@code path} on a port of this machine's loopback. */
    default String webhookUrl(int port, String path) {
        return "https://" + webhookHost() + ":" + port + path;
    }

    /** Runs kubectl without input. */
    default CommandResult kubectl(String... args) {
        return kubectlWithInput("", args);
    }

    /** Makes a namespace in which pods can be created, which needs its default service account; returns its name. */
    default String namespace(String name, Map<String, String> labels) {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        if (!runsControllers()) {
            client().resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName("default")
                            .withNamespace(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        awaitDefaultAccount(name);
        return name;
    }

    /** Waits for the service account without which a namespace takes no pods. */
    default void awaitDefaultAccount(String namespace) {
        await("the default service account of " + namespace)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client().serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    /** Makes a node that says it is ready, with nothing behind it: pods get a place to be bound to, and stay Pending. */
    default Node fakeNode(String name) {
        Map<String, Quantity> room =
                Map.of("cpu", new Quantity("8"), "memory", new Quantity("16Gi"), "pods", new Quantity("110"));
        return client().resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("kubernetes.io/hostname", name))
                        .endMetadata()
                        .withNewStatus()
                        .withCapacity(room)
                        .withAllocatable(room)
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("Fake")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    /** All events of the namespace as "reason: message", to see what controllers were told. */
    default List<String> events(String namespace) {
        return client().v1().events().inNamespace(namespace).list().getItems().stream()
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }

    @Override
    void close();
}
