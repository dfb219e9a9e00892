package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.Admission;
import dev.portcullis.cluster.PodsDenied;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.OwnerReference;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.testing.Reviews;
import dev.portcullis.testing.SilentEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Of which denials owners are told. */
class DenialEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private static final String OWNED = """
            {apiVersion: v1, kind: Pod, metadata: {namespace: shop, generateName: web-, ownerReferences: [
            {apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: "1234", controller: true}]},
            spec: {containers: [{name: web, image: 'web:1', securityContext: {privileged: true}}]}}
            """;

    @Test
    void tellsTheControllerOfAPodWhyOnOneLine() throws Exception {
        PodsDenied told = told(Mode.ENFORCE, OWNED, false).getFirst();
        assertThat(told.namespace()).isEqualTo("shop");
        assertThat(told.controller()).isEqualTo(new OwnerReference("apps", "ReplicaSet", "web-1", "1234"));
        assertThat(told.at()).isEqualTo(NOW);
        assertThat(told.note())
                .startsWith("Pods are denied: container web: spec.containers[0].securityContext.privileged is true")
                .contains("(privileged); ")
                .doesNotContain("\n");
    }

    @Test
    void cutsShortWhatAnEventWouldNotHold() throws Exception {
        String containers = OWNED.replace(
                "containers: [",
                "containers: [" + "{name: other, image: 'web:1', securityContext: {privileged: true}},".repeat(30));
        String note = told(Mode.ENFORCE, containers, false).getFirst().note();
        assertThat(note.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(800, 1_024);
        assertThat(note).containsPattern("; and \\d+ more$");
    }

    @Test
    void tellsNobodyOfWhatNobodyWillMiss() throws Exception {
        assertThat(told(Mode.ENFORCE, OWNED, true)).as("a dry run").isEmpty();
        assertThat(told(Mode.WARN, OWNED, false)).as("allowed").isEmpty();
        assertThat(told(Mode.ENFORCE, OWNED.replace("controller: true", "controller: false"), false))
                .as("of no controller")
                .isEmpty();
        assertThat(told(Mode.ENFORCE, OWNED.replace("kind: Pod", "kind: ReplicationController"), false))
                .as("no pod")
                .isEmpty();
    }

    private static List<PodsDenied> told(Mode mode, String pod, boolean dryRun) throws Exception {
        List<PodsDenied> told = new ArrayList<>();
        ObjectNode review = Reviews.create(Reviews.object(pod));
        ((ObjectNode) review.path("request")).put("dryRun", dryRun);
        new Admission(
                        () -> BuiltInPolicies.set(mode),
                        ClusterKnowledge.MISSING,
                        () -> NOW,
                        new DenialEvents(new SilentEvents(), told::add, () -> NOW))
                .validate(review.toString().getBytes(StandardCharsets.UTF_8));
        return told;
    }
}
