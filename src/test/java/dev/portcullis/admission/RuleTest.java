package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.testing.KnownCluster;
import dev.portcullis.testing.Reviews;
import dev.portcullis.testing.SilentEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a policy's own rules make of pods and of what makes pods. */
class RuleTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SPEC = "{hostNetwork: true, containers: [{name: web, image: \"web:1\"}]}";
    private static final String TEAM = """
            - name: team-label
              params: {label: team}
              expression: "has(object.metadata.labels) && params.label in object.metadata.labels"
              messageExpression: "'label ' + params.label + ' is missing'"
              fix: {patch: [{op: add, path: /metadata/labels/team, value: unknown}]}
            """;

    @TempDir
    private Path folder;

    private final KnownCluster cluster = new KnownCluster().with("shop", Map.of("tier", "gold"));
    private final ObjectNode pod = object("v1", "Pod", "web", SPEC);

    @Test
    void isTrueOfTheObject() throws Exception {
        JsonNode bare = validate(pod, TEAM);
        assertThat(bare.path("allowed").booleanValue()).isFalse();
        assertThat(bare.at("/status/message").asString(""))
                .isEqualTo("1 violation in Pod shop/web of policy ours:\n- label team is missing (rules/team-label)");
        assertThat(bare.at("/auditAnnotations/failed-enforce").asString("")).isEqualTo("rules/team-label");
        assertThat(allowed(labelled(pod), TEAM)).isTrue();
    }

    @Test
    void fixesPods() throws Exception {
        JsonNode response = response(Reviews.create(pod), TEAM, true);
        JsonNode patch = JSON.readTree(
                new String(Base64.getDecoder().decode(response.path("patch").asString("")), StandardCharsets.UTF_8));
        assertThat(patch).isEqualTo(JSON.readTree("""
                        [{"op": "add", "path": "/metadata/labels", "value": {"team": "unknown"}},
                         {"op": "add", "path": "/metadata/annotations",
                          "value": {"portcullis.dev/patched": "metadata.labels.team (rules/team-label)"}}]
                        """));
        assertThat(response(Reviews.create(labelled(pod)), TEAM, true).has("patch"))
                .isFalse();
    }

    @Test
    void seesThePodInATemplate() throws Exception {
        ObjectNode deployment =
                Reviews.object("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop,"
                        + " labels: {team: a}}, spec: {template: {metadata: {labels: {app: web}}, spec: " + SPEC
                        + "}}}");
        JsonNode response = validate(deployment, TEAM);
        assertThat(response.path("warnings").toString())
                .as("the fix is to come")
                .contains("label team is missing");
        ((ObjectNode) deployment.at("/spec/template/metadata/labels")).put("team", "b");
        assertThat(validate(deployment, TEAM).has("warnings")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.operation == 'CREATE' && request.userInfo.username == 'ann' && 'developers' in request.userInfo.groups",
                "request.kind.kind == 'Pod' && request.kind.version == 'v1' && request.name == 'web'",
                "oldObject == null && object != null",
                "object.kind == 'Pod' && object.metadata.namespace == 'shop' && object.spec.hostNetwork",
                "namespaceObject.metadata.labels['tier'] == 'gold' && namespaceObject.metadata.name == 'shop'",
                "workload.platform == 'kubernetes' && workload.hostNetwork && workload.containers[0].registry == 'docker.io'",
                "workload.containers.all(c, !has(c.memoryLimit) || quantity(c.memoryLimit).isLessThan(quantity('1Gi')))",
            })
    void speaksOf(String expression) throws Exception {
        assertThat(allowed(pod, rule(expression))).isTrue();
        assertThat(allowed(pod, rule("!(" + expression + ")"))).isFalse();
    }

    @Test
    void comparesWithWhatWasBefore() throws Exception {
        String rule = rule("oldObject == null || object.metadata.?labels == oldObject.metadata.?labels");
        assertThat(response(Reviews.update(pod, pod), rule, false)
                        .path("allowed")
                        .booleanValue())
                .isTrue();
        assertThat(response(Reviews.update(pod, labelled(pod)), rule, false)
                        .path("allowed")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void onlyWarnsOfWhatFailedBefore() throws Exception {
        ObjectNode touched = pod.deepCopy();
        touched.withObject("/metadata/annotations").put("touched", "yes");
        JsonNode response = response(Reviews.update(pod, touched), TEAM, false);
        assertThat(response.path("allowed").booleanValue()).isTrue();
        assertThat(response.path("warnings").toString()).contains("label team is missing");
        ObjectNode renewed = touched.deepCopy();
        ((ObjectNode) renewed.at("/spec/containers/0")).put("image", "web:2");
        assertThat(response(Reviews.update(pod, renewed), TEAM, false)
                        .path("allowed")
                        .booleanValue())
                .isFalse();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void isAnErrorWhereItRunsAway() throws Exception {
        JsonNode response = validate(pod, rule(slow()));
        assertThat(response.path("allowed").booleanValue()).isFalse();
        assertThat(response.at("/status/message").asString(""))
                .contains("rules/one")
                .contains("could not be answered");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void hasOneBudgetWithAllOthers() throws Exception {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            rules.append("- name: r")
                    .append(i)
                    .append("\n  expression: \"")
                    .append(slow())
                    .append("\"\n");
        }
        JsonNode response = validate(pod, rules.toString());
        assertThat(response.path("allowed").booleanValue()).isFalse();
        assertThat(response.at("/status/details/causes/63/message").asString(""))
                .contains("the rules before it took more than 500 ms together");
    }

    private static String slow() {
        String nested = "'%s'.format([1]) != ''";
        for (String variable : new String[] {"a", "b", "c", "d", "e", "f", "g", "h", "i"}) {
            nested = "[1,2,3,4,5,6,7,8,9,0].all(" + variable + ", " + nested + ")";
        }
        return nested;
    }

    @Test
    void isAnErrorWhereItCannotBeEvaluated() throws Exception {
        JsonNode response = validate(pod, rule("object.metadata.labels['team'] == 'a'"));
        assertThat(response.path("allowed").booleanValue()).isFalse();
        assertThat(response.at("/status/message").asString("")).contains("could not be answered");
    }

    @Test
    void isAnErrorWhereTheNamespaceCannotBeKnown() throws Exception {
        ObjectNode elsewhere = pod.deepCopy();
        ((ObjectNode) elsewhere.path("metadata")).put("namespace", "gone");
        JsonNode response = validate(elsewhere, rule("namespaceObject.metadata.name != ''"));
        assertThat(response.path("allowed").booleanValue()).isFalse();
        assertThat(response.at("/status/message").asString("")).contains("could not be looked up");
    }

    @Test
    void saysItsNameWhereItHasNoMessage() throws Exception {
        assertThat(validate(pod, rule("false")).at("/status/message").asString(""))
                .contains("rule one is not met");
    }

    @Test
    void saysItsMessageWhereTheExpressionForItFails() throws Exception {
        String rule = rule("false") + "  message: plain\n  messageExpression: \"object.metadata.labels['x']\"\n";
        assertThat(validate(pod, rule).at("/status/message").asString("")).contains("- plain (rules/one)");
    }

    @Test
    void isCoveredByAnExemptionOfItsOwner() throws Exception {
        cluster.with(Reviews.object(
                "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web, namespace: shop, uid: r-1},"
                        + " spec: {template: {spec: " + SPEC + "}}}"));
        ObjectNode owned = pod.deepCopy();
        owned.withArray("/metadata/ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "ReplicaSet")
                .put("name", "web")
                .put("uid", "r-1")
                .put("controller", true);
        String rule = rule("!object.spec.hostNetwork")
                + "  messageExpression: \"'not ' + object.spec.containers[0].image\"\n";
        assertThat(allowed(owned, rule)).isFalse();
        assertThat(allowed(owned, rule, LEAVE)).isTrue();
        ObjectNode other = owned.deepCopy();
        ((ObjectNode) other.at("/spec/containers/0")).put("image", "miner:1");
        assertThat(allowed(other, rule, LEAVE)).as("another message").isFalse();
    }

    private static final String LEAVE = """
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningExemption
            metadata: {name: one, namespace: leaves}
            spec:
              subject: {namespace: shop, kind: ReplicaSet, name: web}
              checks: [rules/one]
              owner: sre
              reason: it has to
              expiresAt: 2099-01-01T00:00:00Z
            """;

    private static ObjectNode labelled(ObjectNode pod) {
        ObjectNode labelled = pod.deepCopy();
        labelled.withObject("/metadata/labels").put("team", "a");
        return labelled;
    }

    private static String rule(String expression) {
        return "- name: one\n  expression: \"" + expression + "\"\n";
    }

    private static ObjectNode object(String apiVersion, String kind, String name, String spec) {
        return Reviews.object("{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: " + name
                + ", namespace: shop}, spec: " + spec + "}");
    }

    private boolean allowed(ObjectNode object, String rules) throws Exception {
        return allowed(object, rules, "");
    }

    private boolean allowed(ObjectNode object, String rules, String leaves) throws Exception {
        return response(Reviews.create(object), rules, leaves, false)
                .path("allowed")
                .booleanValue();
    }

    private JsonNode validate(ObjectNode object, String rules) throws Exception {
        return response(Reviews.create(object), rules, false);
    }

    private JsonNode response(ObjectNode review, String rules, boolean mutate) throws Exception {
        return response(review, rules, "", mutate);
    }

    private JsonNode response(ObjectNode review, String rules, String leaves, boolean mutate) throws Exception {
        PolicySet policies =
                PolicyFiles.read(Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: ours}
                spec:
                  profile: none
                  exemptionNamespaces: [leaves]
                  rules:
                """ + rules.indent(4) + leaves));
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));
        Admission admission = new Admission(() -> policies, cluster, clock, new SilentEvents());
        byte[] body = JSON.writeValueAsBytes(review);
        return JSON.readTree(mutate ? admission.mutate(body) : admission.validate(body))
                .path("response");
    }
}
