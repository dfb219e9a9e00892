package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.Yaml;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.testing.Shared;
import dev.portcullis.testing.SilentEvents;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class AdmissionTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final PolicySet POLICIES = BuiltInPolicies.set(Mode.ENFORCE);

    private final Admission admission =
            new Admission(() -> POLICIES, ClusterKnowledge.MISSING, InstantSource.system(), new SilentEvents());

    @Test
    void patchesRecordedPodsOnceAndForAll() throws Exception {
        int patched = 0;
        for (String line : Files.readAllLines(Shared.path("recorded/admission-reviews.jsonl"))) {
            ObjectNode review = (ObjectNode) JSON.readTree(line).path("body");
            JsonNode request = review.path("request");
            if (!request.path("kind").path("kind").asString("").equals("Pod")
                    || !request.path("operation").asString("").equals("CREATE")) {
                continue;
            }
            ArrayNode patch = patch(review);
            ((ObjectNode) review.path("request")).set("object", JsonPatch.apply(patch, request.path("object")));
            patched += patch.isEmpty() ? 0 : 1;
            assertThat(patch(review)).as("a second patch").isEmpty();
            assertThat(message(validate(review)))
                    .doesNotContain("(seccomp-profile)")
                    .doesNotContain("(no-new-privileges)");
        }
        assertThat(patched).isPositive();
    }

    @Test
    void patchesOnlyPodsAndOnlyOnCreate() throws Exception {
        ObjectNode pod = object("root-pod.yaml");
        pod.withObject("/spec/containers/0/securityContext").put("privileged", false);
        assertThat(patch(review("CREATE", "", "Pod", pod, null))).isNotEmpty();
        assertThat(patch(review("UPDATE", "", "Pod", pod, pod))).isEmpty();
        assertThat(patch(review("CREATE", "apps", "Deployment", deployment(pod), null)))
                .isEmpty();
    }

    @Test
    void neverPatchesWhatAnApiServerWouldRefuse() throws Exception {
        ArrayNode patch = patch(review("CREATE", "", "Pod", object("root-pod.yaml"), null));
        assertThat(patch.toString()).contains("seccompProfile").doesNotContain("allowPrivilegeEscalation");
    }

    @Test
    void deniesAPodWithFieldsAndCauses() throws Exception {
        JsonNode response = validate(review("CREATE", "", "Pod", object("root-pod.yaml"), null));
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.path("status").path("code").asInt(0)).isEqualTo(403);
        assertThat(message(response))
                .startsWith("6 violations in Pod shop/web of policy default:\n- ")
                .contains("container web: spec.containers[0].securityContext.privileged is true; set it to false"
                        + " (privileged)");
        JsonNode cause = response.path("status").path("details").path("causes").path(0);
        assertThat(cause.path("reason").asString("")).isEqualTo("privileged");
        assertThat(cause.path("field").asString("")).isEqualTo("spec.containers[0].securityContext.privileged");
        JsonNode annotations = response.path("auditAnnotations");
        assertThat(annotations.path("policy").asString("")).isEqualTo("default");
        assertThat(annotations.path("profile").asString("")).isEqualTo("hardened:v1.36");
        assertThat(annotations.path("failed-enforce").asString("")).contains("privileged", "run-as-non-root");
        annotations.propertyNames().forEach(key -> assertThat(key).doesNotContain("/"));
    }

    @Test
    void judgesAControllerAsItsPodsWillBe() throws Exception {
        ObjectNode good = object("good-pod.yaml");
        ((ObjectNode) good.at("/spec/containers/0/securityContext")).remove("allowPrivilegeEscalation");
        assertThat(allowed(review("CREATE", "", "Pod", good, null))).isFalse();
        JsonNode response = validate(review("CREATE", "apps", "Deployment", deployment(good), null));
        assertThat(response.path("allowed").asBoolean(false)).isTrue();
        assertThat(response.path("warnings").toString())
                .contains("spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation");
        JsonNode denied = validate(review("CREATE", "apps", "Deployment", deployment(object("root-pod.yaml")), null));
        assertThat(message(denied)).contains("spec.template.spec.containers[0].securityContext.privileged");
    }

    @Test
    void letsAnOldViolatorBeLabelledAndFinalized() throws Exception {
        ObjectNode old = object("root-pod.yaml");
        ObjectNode labelled =
                changed(old, pod -> pod.withObject("/metadata/labels").put("a", "b"));
        JsonNode response = validate(review("UPDATE", "", "Pod", labelled, old));
        assertThat(response.path("allowed").asBoolean(false)).isTrue();
        assertThat(response.path("warnings").toString()).contains("privileged");
        ObjectNode ending =
                changed(old, pod -> pod.withObject("/metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z"));
        assertThat(allowed(review("UPDATE", "", "Pod", ending, old))).isTrue();
    }

    @Test
    void deniesWhatAnUpdateBringsNew() throws Exception {
        ObjectNode old = object("root-pod.yaml");
        ObjectNode worse = changed(old, pod -> pod.withObject("/spec").put("hostPID", true));
        JsonNode response = validate(review("UPDATE", "", "Pod", worse, old));
        assertThat(message(response)).startsWith("1 violation in Pod shop/web").contains("spec.hostPID is true");
        ObjectNode renewed = changed(old, pod -> ((ObjectNode) pod.at("/spec/containers/0")).put("image", "nginx:2"));
        assertThat(message(validate(review("UPDATE", "", "Pod", renewed, old)))).contains("privileged is true");
    }

    @Test
    void countsWhatThePodSaysAsNewForANewContainer() throws Exception {
        ObjectNode old =
                changed(object("good-pod.yaml"), pod -> pod.withObject("/spec").put("hostPID", true));
        ObjectNode debugged = changed(old, pod -> {
            ObjectNode debugger = ((ObjectNode) pod.at("/spec/containers/0")).deepCopy();
            debugger.remove("resources");
            pod.withObject("/spec").putArray("ephemeralContainers").add(debugger.put("name", "debugger"));
        });
        ObjectNode review = review("UPDATE", "", "Pod", debugged, old);
        review.withObject("/request").put("subResource", "ephemeralcontainers");
        assertThat(message(validate(review))).contains("spec.hostPID is true");
        ObjectNode renewed = changed(old, pod -> ((ObjectNode) pod.at("/spec/containers/0")).put("image", "evil:1"));
        assertThat(allowed(review("UPDATE", "", "Pod", renewed, old))).isFalse();
    }

    @Test
    void knowsAFindingAgainWhereItsContainerMoved() throws Exception {
        ObjectNode old = object("root-pod.yaml");
        ObjectNode moved = changed(old, pod -> {
            ArrayNode containers = (ArrayNode) pod.at("/spec/containers");
            containers.insert(0, object("good-pod.yaml").at("/spec/containers/0"));
            ((ObjectNode) containers.get(0)).put("name", "first");
        });
        assertThat(message(validate(review("UPDATE", "", "Pod", moved, old)))).doesNotContain("container web");
    }

    @Test
    void deniesAControllerOnlyWhenItsTemplateChanges() throws Exception {
        ObjectNode old = deployment(object("root-pod.yaml"));
        ObjectNode scaled =
                changed(old, deployment -> deployment.withObject("/spec").put("replicas", 3));
        assertThat(allowed(review("UPDATE", "apps", "Deployment", scaled, old))).isTrue();
        ObjectNode rolled = changed(
                old,
                deployment ->
                        deployment.withObject("/spec/template/metadata/labels").put("a", "b"));
        assertThat(allowed(review("UPDATE", "apps", "Deployment", rolled, old))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ephemeralcontainers", "resize"})
    void judgesSubresourcesThatChangePods(String subresource) throws Exception {
        ObjectNode old = object("good-pod.yaml");
        ObjectNode worse = changed(old, pod -> pod.withObject("/spec").put("hostIPC", true));
        ObjectNode review = review("UPDATE", "", "Pod", worse, old);
        review.withObject("/request").put("subResource", subresource);
        assertThat(allowed(review)).isFalse();
    }

    @Test
    void letsDeletionsThrough() throws Exception {
        ObjectNode review = review("DELETE", "", "Pod", null, object("root-pod.yaml"));
        assertThat(allowed(review)).isTrue();
    }

    @Test
    void letsAReplicationControllerWithoutTemplateThrough() throws Exception {
        ObjectNode controller = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ReplicationController");
        assertThat(allowed(review("CREATE", "", "ReplicationController", controller, null)))
                .isTrue();
    }

    @Test
    void mirrorPodsAndLabelsExemptNobody() throws Exception {
        ObjectNode pod = changed(object("root-pod.yaml"), it -> {
            it.withObject("/metadata/annotations").put("kubernetes.io/config.mirror", "x");
            it.withObject("/metadata/labels").put("portcullis.dev/ignore", "true");
        });
        assertThat(allowed(review("CREATE", "", "Pod", pod, null))).isFalse();
    }

    private boolean allowed(ObjectNode review) throws UnreadableReviewException {
        return validate(review).path("allowed").asBoolean(false);
    }

    private JsonNode validate(ObjectNode review) throws UnreadableReviewException {
        return JSON.readTree(admission.validate(JSON.writeValueAsBytes(review))).path("response");
    }

    private ArrayNode patch(ObjectNode review) throws UnreadableReviewException {
        JsonNode response =
                JSON.readTree(admission.mutate(JSON.writeValueAsBytes(review))).path("response");
        assertThat(response.path("allowed").asBoolean(false)).isTrue();
        return response.has("patch")
                ? (ArrayNode) JSON.readTree(
                        Base64.getDecoder().decode(response.path("patch").asString("")))
                : JSON.createArrayNode();
    }

    private static String message(JsonNode response) {
        return response.path("status").path("message").asString("");
    }

    private static ObjectNode changed(ObjectNode object, Consumer<ObjectNode> change) {
        ObjectNode copy = object.deepCopy();
        change.accept(copy);
        return copy;
    }

    private static ObjectNode object(String example) {
        try {
            byte[] text = Files.readAllBytes(Path.of("src", "test", "examples", example));
            return (ObjectNode) Yaml.readAll(text, 1).getFirst().root();
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static ObjectNode deployment(ObjectNode pod) {
        ObjectNode deployment =
                JSON.createObjectNode().put("apiVersion", "apps/v1").put("kind", "Deployment");
        deployment.putObject("metadata").put("name", "web");
        ObjectNode template = deployment.putObject("spec").put("replicas", 1).putObject("template");
        template.putObject("metadata").putObject("labels").put("app", "web");
        template.set("spec", pod.path("spec").deepCopy());
        return deployment;
    }

    private static ObjectNode review(
            String operation, String group, String kind, @Nullable ObjectNode object, @Nullable ObjectNode oldObject) {
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request").put("uid", "u-1");
        request.putObject("kind").put("group", group).put("version", "v1").put("kind", kind);
        request.put("namespace", "shop").put("operation", operation);
        request.putObject("userInfo").put("username", "ann");
        request.set("object", object == null ? JSON.nullNode() : object.deepCopy());
        request.set("oldObject", oldObject == null ? JSON.nullNode() : oldObject.deepCopy());
        return review;
    }
}
