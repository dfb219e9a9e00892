package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code kubectl describe} shows of a workload whose pods a gate denies to its controller. */
@Timeout(300)
@ExtendWith(ControlPlaneExtension.class)
final class EventsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SHOP = "events-shop";

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s}
            spec:
              replicas: %d
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [{name: web, image: "web:1", securityContext: {privileged: true}}]}
            """;

    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "of-quiet", "ownerReferences": [
            {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "%s", "uid": "%s", "controller": true}]},
            "spec": {"containers": [{"name": "web", "image": "web:1", "securityContext": {"privileged": true}}]}}
            """;

    private final ControlPlane controlPlane;

    EventsIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    @AfterEach
    void openTheGate() {
        for (String kind : List.of("validatingwebhookconfiguration", "mutatingwebhookconfiguration")) {
            controlPlane.kubectl("delete", kind, "portcullis", "--ignore-not-found");
        }
        controlPlane.kubectl("delete", "lease", "--all", "-n", "portcullis");
        controlPlane.kubectl("delete", "hp", "--all");
        controlPlane.kubectl("delete", "deployment", "--all", "-n", SHOP);
    }

    @Test
    void tellTheDeploymentAndNotItsReplicaSetOnceWithACount() throws Exception {
        Assumptions.assumeTrue(controlPlane.runsControllers(), "skipped: nothing makes pods of a Deployment here");
        Path gates = GateAccess.grant(controlPlane, List.of(SHOP));
        apply(LiveResources.policy("pods", "profile: baseline, mode: enforce, match: {kinds: [Pod]}"));
        try (PortcullisProcess gate = PortcullisProcess.startRegistered(
                controlPlane, "--kubeconfig", gates.toString(), "--portcullis.namespace=portcullis")) {
            await().atMost(PATIENCE).until(() -> gate.metric("portcullis_webhook_registered") == 1);
            apply(DEPLOYMENT.formatted("quiet", 0));
            apply(DEPLOYMENT.formatted("web", 2));

            await().atMost(PATIENCE)
                    .until(() -> events("web").size() == 1
                            && events("web").getFirst().at("/series/count").asInt(0) > 5);
            JsonNode event = events("web").getFirst();
            assertThat(event.at("/regarding/kind").asString("")).isEqualTo("Deployment");
            assertThat(event.path("note").asString(""))
                    .startsWith(
                            "Pods are denied: container web: spec.containers[0].securityContext.privileged is true");
            String described = controlPlane
                    .kubectl("describe", "deployment", "web", "-n", SHOP)
                    .stdout();
            assertThat(described)
                    .containsPattern(
                            "Warning +PodsDenied +\\S+ \\(x\\d+ over \\S+\\) +portcullis.dev/gate +Pods are denied");

            tellsNeitherOfDryRunsNorOfForgedOwners(gate);
        }
    }

    /** What is told of last shows that nothing will come of what was before. */
    private void tellsNeitherOfDryRunsNorOfForgedOwners(PortcullisProcess gate) {
        JsonNode replicaSet = json("get", "replicaset", "-l", "app=quiet", "-n", SHOP, "-o", "json")
                .at("/items/0/metadata");
        String name = replicaSet.path("name").asString("");
        String uid = replicaSet.path("uid").asString("");
        double dropped = gate.metric("portcullis_events_dropped_total");
        String own = POD.formatted(name, uid);
        String forged = POD.formatted(name, "00000000-0000-0000-0000-000000000000");

        assertThat(create(own, "--dry-run=server").stderr()).contains("denied the request");
        assertThat(create(forged).stderr()).contains("denied the request");
        await().atMost(PATIENCE).until(() -> gate.metric("portcullis_events_dropped_total") == dropped + 1);
        assertThat(events("quiet")).isEmpty();
        assertThat(create(own).stderr()).contains("denied the request");
        await().atMost(PATIENCE).until(() -> events("quiet").size() == 1);
        assertThat(events("quiet").getFirst().has("series")).isFalse();
        assertThat(gate.metric("portcullis_events_total{result=\"failed\"}")).isZero();
    }

    private CommandResult create(String pod, String... flags) {
        List<String> arguments = new java.util.ArrayList<>(List.of("create", "-n", SHOP, "-f", "-"));
        arguments.addAll(List.of(flags));
        return controlPlane.kubectlWithInput(pod, arguments.toArray(String[]::new));
    }

    private List<JsonNode> events(String deployment) {
        return json("get", "events.events.k8s.io", "-n", SHOP, "-o", "json")
                .path("items")
                .valueStream()
                .filter(event -> event.path("reportingController").asString("").equals("portcullis.dev/gate"))
                .filter(event -> event.at("/regarding/name").asString("").startsWith(deployment))
                .toList();
    }

    private JsonNode json(String... arguments) {
        return JsonMapper.shared().readTree(controlPlane.kubectl(arguments).stdout());
    }

    private void apply(String yaml) {
        succeeds(controlPlane.kubectlWithInput(yaml, "apply", "-n", SHOP, "-f", "-"));
    }
}
