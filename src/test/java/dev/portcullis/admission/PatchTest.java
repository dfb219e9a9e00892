package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.testing.KnownCluster;
import dev.portcullis.testing.Reviews;
import dev.portcullis.testing.SilentEvents;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a pod and the audit log tell of what was changed, and what is only suggested. */
class PatchTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ANNOTATION = "portcullis.dev/patched";
    private static final String TWO_CHECKS = "profile: none, checks: {no-new-privileges: {}, seccomp-profile: {}}";
    private static final String CHANGED =
            "spec.containers[web].securityContext.allowPrivilegeEscalation (no-new-privileges); "
                    + "spec.containers[web].securityContext.seccompProfile (seccomp-profile)";

    @TempDir
    private Path folder;

    private final ObjectNode pod = Reviews.object(
            "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: web, image: 'web:1'}]}}");

    @Test
    void isToldByThePodAndTheAuditLog() throws Exception {
        JsonNode response = mutate(pod, TWO_CHECKS);
        assertThat(note(patched(pod, response))).isEqualTo(CHANGED);
        assertThat(response.at("/auditAnnotations/patched").stringValue("")).isEqualTo(CHANGED.replace("; ", ","));
    }

    @Test
    void isToldNowhereWhereNothingChanged() throws Exception {
        ObjectNode patched = patched(pod, mutate(pod, TWO_CHECKS));
        JsonNode again = mutate(patched, TWO_CHECKS);
        assertThat(again.has("patch")).isFalse();
        assertThat(again.path("auditAnnotations").has("patched")).isFalse();
    }

    @Test
    void isToldBehindWhatWasToldBefore() throws Exception {
        ObjectNode patched = patched(pod, mutate(pod, TWO_CHECKS));
        patched.withArray("/spec/containers").addObject().put("name", "sidecar").put("image", "sidecar:1");
        assertThat(note(patched(patched, mutate(patched, TWO_CHECKS))))
                .isEqualTo(CHANGED
                        + "; spec.containers[sidecar].securityContext.allowPrivilegeEscalation (no-new-privileges)"
                        + "; spec.containers[sidecar].securityContext.seccompProfile (seccomp-profile)");
    }

    @Test
    void isNotToldWhereThePodHasNoRoomForIt() throws Exception {
        pod.withObject("/metadata/annotations").put("long", "x".repeat(256 * 1024 - 10));
        ObjectNode patched = patched(pod, mutate(pod, TWO_CHECKS));
        assertThat(patched.at("/spec/containers/0/securityContext/seccompProfile/type")
                        .stringValue(""))
                .isEqualTo("RuntimeDefault");
        assertThat(patched.at("/metadata/annotations").has(ANNOTATION)).isFalse();
    }

    @Test
    void holdsNoMoreThanItsBound() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            pod.withArray("/spec/containers").addObject().put("name", "c" + i).put("image", "c:1");
        }
        assertThat(note(patched(pod, mutate(pod, TWO_CHECKS))).length()).isBetween(7_000, 8_100);
    }

    @Test
    void writesOverWhatSomebodyWroteWhereThePolicySaysSo() throws Exception {
        String policy = "profile: none, checks: {privileged: {fix: true, overwrite: %s}, no-new-privileges: {}}";
        pod.withObject("/spec/containers/0/securityContext").put("privileged", true);
        assertThat(mutate(pod, policy.formatted(false)).has("patch")).isFalse();

        ObjectNode patched = patched(pod, mutate(pod, policy.formatted(true)));
        // The API server takes the second only where the first is done, so it takes a second look.
        assertThat(note(patched))
                .isEqualTo("spec.containers[web].securityContext.privileged (privileged); "
                        + "spec.containers[web].securityContext.allowPrivilegeEscalation (no-new-privileges)");
        assertThat(mutate(patched, policy.formatted(true)).has("patch")).isFalse();
    }

    @Test
    void isAWarningWhereItIsOnlySuggested() throws Exception {
        JsonNode response = mutate(pod, "fix: suggest, " + TWO_CHECKS);
        assertThat(response.has("patch")).isFalse();
        assertThat(response.path("warnings"))
                .isEqualTo(
                        JSON.valueToTree(
                                List.of(
                                        "suggested fix: container web: spec.containers[0].securityContext.allowPrivilegeEscalation is not set; set it to false (no-new-privileges)",
                                        "suggested fix: container web: spec.containers[0].securityContext.seccompProfile is not set; set it to {type: \"RuntimeDefault\"} (seccomp-profile)")));
        assertThat(mutate(pod, "fix: suggest, mode: warn, " + TWO_CHECKS).has("warnings"))
                .as("what only warns is told by /validate")
                .isFalse();
    }

    private static String note(ObjectNode pod) {
        return pod.path("metadata").path("annotations").path(ANNOTATION).stringValue("");
    }

    private static ObjectNode patched(ObjectNode pod, JsonNode response) {
        ArrayNode patch = (ArrayNode)
                JSON.readTree(Base64.getDecoder().decode(response.path("patch").stringValue("")));
        return (ObjectNode) JsonPatch.apply(patch, pod);
    }

    private JsonNode mutate(ObjectNode object, String spec) throws Exception {
        Path file = Files.writeString(
                folder.resolve("policy.yaml"),
                "{apiVersion: portcullis.dev/v1alpha1, kind: HardeningPolicy, metadata: {name: ours}, spec: {" + spec
                        + "}}");
        PolicySet set = PolicyFiles.read(file);
        Admission admission = new Admission(() -> set, new KnownCluster(), InstantSource.system(), new SilentEvents());
        return JSON.readTree(admission.mutate(JSON.writeValueAsBytes(Reviews.create(object))))
                .path("response");
    }
}
