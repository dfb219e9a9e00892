package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.CheckRule;
import dev.portcullis.policy.Except;
import dev.portcullis.policy.FixMode;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Profile;
import dev.portcullis.testing.Sets;
import dev.portcullis.testing.Shared;
import dev.portcullis.testing.SilentEvents;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests to connect to pods that run. */
class ActAdmissionTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<Policy> BUILT_IN = BuiltInPolicies.defaults(Mode.ENFORCE);

    @ParameterizedTest
    @CsvSource({"PodExecOptions,exec,exec", "PodAttachOptions,attach,attach"})
    void theBuiltInPolicyWarnsOfProtectedNamespaces(String kind, String subresource, String act) throws Exception {
        JsonNode inside = validate(connect(kind, subresource, "kube-system"), BUILT_IN);
        assertThat(inside.path("allowed").asBoolean(false)).isTrue();
        assertThat(inside.path("warnings").toString()).contains("(" + act + ")");
        assertThat(inside.at("/auditAnnotations/failed-warn").asString("")).isEqualTo(act);
        JsonNode outside = validate(connect(kind, subresource, "shop"), BUILT_IN);
        assertThat(outside.path("allowed").asBoolean(false)).isTrue();
        assertThat(outside.has("warnings")).isFalse();
    }

    @Test
    void aPolicyDeniesAllButThoseItExcepts() throws Exception {
        Except oncall = new Except(Set.of("root-admin"), Set.of("oncall"));
        List<Policy> policies = List.of(only("exec", List.of("kube-*", "shop"), oncall));
        ObjectNode exec = connect("PodExecOptions", "exec", "shop");
        JsonNode response = validate(exec, policies);
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.at("/status/code").asInt(0)).isEqualTo(403);
        assertThat(response.at("/status/message").asString(""))
                .isEqualTo("1 violation in Pod shop/web of policy acts:\n"
                        + "- starts a process in a pod of the namespace \"shop\", which is protected;"
                        + " have it done by somebody whom the policy excepts (spec.acts) (exec)");
        exec.withObject("/request/userInfo").withArray("groups").add("oncall");
        assertThat(validate(exec, policies).path("allowed").asBoolean(false)).isTrue();
        ObjectNode attach = connect("PodAttachOptions", "attach", "shop");
        assertThat(validate(attach, policies).path("allowed").asBoolean(false)).isTrue();
    }

    @Test
    void aPolicyOfOnePlatformOrNamespaceIsHeeded() throws Exception {
        List<String> everywhere = List.of("*");
        Policy except = new Policy(
                "elsewhere",
                new Match(Set.of(), Set.of("shop"), Set.of("Pod")),
                Profile.NONE,
                KubernetesVersion.LATEST,
                Mode.ENFORCE,
                FixMode.APPLY,
                Map.of("exec", new CheckRule(null, null, Map.of("namespaces", everywhere))));
        assertThat(allowed(connect("PodExecOptions", "exec", "shop"), List.of(except)))
                .isTrue();
        assertThat(allowed(connect("PodExecOptions", "exec", "web"), List.of(except)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"portforward", "proxy", "log"})
    void leavesOtherConnectionsUnjudged(String subresource) throws Exception {
        List<Policy> policies = List.of(only("exec", List.of("*"), Except.NOBODY));
        ObjectNode review = connect("PodPortForwardOptions", subresource, "kube-system");
        JsonNode response = validate(review, policies);
        assertThat(response.path("allowed").asBoolean(false)).isTrue();
        assertThat(response.at("/auditAnnotations/failed-enforce").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"userInfo", "namespace"})
    void deniesWhatDoesNotSayWhoAndWhere(String member) throws Exception {
        ObjectNode review = connect("PodExecOptions", "exec", "shop");
        ((ObjectNode) review.get("request")).remove(member);
        JsonNode response = validate(review, BUILT_IN);
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.at("/status/message").asString("")).isEqualTo("request." + member + " is missing");
    }

    @Test
    void isJudgedWithoutItsOptions() throws Exception {
        ObjectNode review = connect("PodExecOptions", "exec", "shop");
        review.withObject("/request").putNull("object");
        assertThat(allowed(review, List.of(only("exec", List.of("shop"), Except.NOBODY))))
                .isFalse();
    }

    @Test
    void mutateLeavesThemAlone() throws Exception {
        Admission admission = admission(List.of(only("exec", List.of("*"), Except.NOBODY)));
        byte[] review = JSON.writeValueAsBytes(connect("PodExecOptions", "exec", "kube-system"));
        JsonNode response = JSON.readTree(admission.mutate(review)).path("response");
        assertThat(response.path("allowed").asBoolean(false)).isTrue();
        assertThat(response.has("patch")).isFalse();
        assertThat(response.has("warnings")).isFalse();
    }

    @Test
    void recordedOnesAreJudged() throws Exception {
        List<Policy> policies =
                List.of(only("exec", List.of("demo"), Except.NOBODY), only("attach", List.of("demo"), Except.NOBODY));
        int denied = 0;
        for (String line : Files.readAllLines(Shared.path("recorded/admission-reviews.jsonl"))) {
            ObjectNode review = (ObjectNode) JSON.readTree(line).path("body");
            boolean connects = review.at("/request/operation").asString("").equals("CONNECT");
            if (connects) {
                assertThat(allowed(review, policies)).isFalse();
                denied++;
            }
        }
        assertThat(denied).isEqualTo(8);
    }

    private static boolean allowed(ObjectNode review, List<Policy> policies) throws UnreadableReviewException {
        return validate(review, policies).path("allowed").asBoolean(false);
    }

    private static JsonNode validate(ObjectNode review, List<Policy> policies) throws UnreadableReviewException {
        Admission admission = admission(policies);
        return JSON.readTree(admission.validate(JSON.writeValueAsBytes(review))).path("response");
    }

    private static Policy only(String act, List<String> namespaces, Except except) {
        return new Policy(
                "acts",
                Match.EVERYTHING,
                Profile.NONE,
                KubernetesVersion.LATEST,
                Mode.ENFORCE,
                FixMode.APPLY,
                Map.of(act, new CheckRule(null, null, Map.of("namespaces", namespaces), except)));
    }

    private static ObjectNode connect(String kind, String subresource, String namespace) {
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request").put("uid", "u-1");
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", kind);
        request.put("subResource", subresource).put("name", "web").put("namespace", namespace);
        request.put("operation", "CONNECT");
        request.putObject("userInfo").put("username", "ann").putArray("groups").add("developers");
        request.putObject("object").put("apiVersion", "v1").put("kind", kind).put("container", "web");
        request.putNull("oldObject");
        return review;
    }

    private static Admission admission(List<Policy> policies) {
        PolicySet set = Sets.of(policies);
        return new Admission(() -> set, ClusterKnowledge.MISSING, InstantSource.system(), new SilentEvents());
    }
}
