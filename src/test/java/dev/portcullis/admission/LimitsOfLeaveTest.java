package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.testing.KnownCluster;
import dev.portcullis.testing.Reviews;
import dev.portcullis.testing.SilentEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What leave that an owner has does not cover, and what updates bring that is new. */
class LimitsOfLeaveTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path folder;

    private final KnownCluster cluster = new KnownCluster();

    private static String policy(String name, String spec) {
        return "---\napiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\nmetadata: {name: " + name
                + "}\nspec: {profile: none, exemptionNamespaces: [leaves], " + spec + "}\n";
    }

    private static String leave(String subject, String checks) {
        return "---\napiVersion: portcullis.dev/v1alpha1\nkind: HardeningExemption\nmetadata: {name: one, namespace: leaves}\n"
                + "spec: {subject: " + subject + ", checks: [" + checks
                + "], owner: sre, reason: must, expiresAt: 2099-01-01T00:00:00Z}\n";
    }

    private void deployment(String spec) {
        cluster.with(Reviews.object(
                "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, namespace: shop, uid: r-1,"
                        + " ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: d-1, controller: true}]},"
                        + " spec: {template: {spec: " + spec + "}}}"));
        cluster.with(Reviews.object(
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop, uid: d-1},"
                        + " spec: {template: {spec: " + spec + "}}}"));
    }

    private static ObjectNode pod(String spec) {
        return Reviews.object("{apiVersion: v1, kind: Pod, metadata: {name: web-1-x, namespace: shop,"
                + " ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: r-1, controller: true}]},"
                + " spec: " + spec + "}");
    }

    private static final String WEB = "{namespace: shop, kind: Deployment, name: web}";

    @Test
    void aRuleExemptedForAnOwnerDoesNotCoverAnInjectedContainer() throws Exception {
        String policy = policy(
                "p",
                "rules: [{name: registry, expression: \"object.spec.containers.all(c, c.image.startsWith('ok/'))\"}]");
        deployment("{containers: [{name: agent, image: 'other/agent:1'}]}");
        PolicySet set = set(policy + leave(WEB, "rules/registry"));
        assertThat(allowed(set, Reviews.create(pod("{containers: [{name: agent, image: 'other/agent:1'}]}"))))
                .isTrue();
        assertThat(
                        allowed(
                                set,
                                Reviews.create(
                                        pod(
                                                "{containers: [{name: agent, image: 'other/agent:1'}, {name: miner, image: 'evil/miner:1'}]}"))))
                .isFalse();
    }

    @Test
    void aPodLevelFindingDoesNotCoverAnInjectedContainer() throws Exception {
        String policy = policy("p", "checks: {run-as-non-root: {}}");
        deployment("{securityContext: {runAsNonRoot: false}, containers: [{name: agent, image: 'a:1'}]}");
        PolicySet set = set(policy + leave(WEB, "run-as-non-root"));
        assertThat(
                        allowed(
                                set,
                                Reviews.create(
                                        pod(
                                                "{securityContext: {runAsNonRoot: false}, containers: [{name: agent, image: 'a:1'}, {name: miner, image: 'evil/miner:1'}]}"))))
                .isFalse();
    }

    @Test
    void anotherImageUnderTheSameName() throws Exception {
        String policy = policy("p", "checks: {privileged: {}}");
        deployment("{containers: [{name: agent, image: 'a:1', securityContext: {privileged: true}}]}");
        PolicySet set = set(policy + leave(WEB, "privileged"));
        assertThat(
                        allowed(
                                set,
                                Reviews.create(
                                        pod(
                                                "{containers: [{name: agent, image: 'evil/miner:1', command: [sh], securityContext: {privileged: true}}]}"))))
                .isFalse();
    }

    @Test
    void anUpdateThatBreaksTheRuleOfOneName() throws Exception {
        String label =
                "{name: labels, mode: enforce, expression: \"!('%s' in object.metadata.?labels.orValue({}))\", message: no %s}";
        String b = policy("b", "rules: [" + label.formatted("y", "y") + "]");
        String a = policy("a", "rules: [" + label.formatted("x", "x") + "]");
        ObjectNode before = pod("{containers: [{name: agent, image: 'a:1'}]}");
        before.withObject("/metadata/labels").put("x", "1");
        ObjectNode after = before.deepCopy();
        after.withObject("/metadata/labels").put("y", "1");
        assertThat(allowed(set(b), Reviews.update(before, after))).isFalse();
        assertThat(allowed(set(a + b), Reviews.update(before, after))).isFalse();
    }

    @Test
    void anUpdateThatBreaksAnEnforcedRuleWhereAnAuditedOneOfItsNameWasBroken() throws Exception {
        String rule = "{name: labels, mode: %s, expression: \"!('%s' in object.metadata.?labels.orValue({}))\"}";
        String b = policy("b", "rules: [" + rule.formatted("enforce", "y") + "]");
        String a = policy("a", "rules: [" + rule.formatted("audit", "x") + "]");
        ObjectNode before = pod("{containers: [{name: agent, image: 'a:1'}]}");
        before.withObject("/metadata/labels").put("x", "1");
        ObjectNode after = before.deepCopy();
        after.withObject("/metadata/labels").put("y", "1");
        assertThat(allowed(set(b), Reviews.update(before, after))).isFalse();
        assertThat(allowed(set(a + b), Reviews.update(before, after))).isFalse();
    }

    @Test
    void aDigestThatWasAddedIsTheSameImage() throws Exception {
        String policy = policy("p", "checks: {privileged: {}}");
        String spec = "{containers: [{name: agent, image: 'a:1%s', securityContext: {privileged: true}}]}";
        deployment(spec.formatted(""));
        PolicySet set = set(policy + leave(WEB, "privileged"));
        String digest = "@sha256:" + "0".repeat(64);
        assertThat(allowed(set, Reviews.create(pod(spec.formatted(digest))))).isTrue();
        assertThat(allowed(set, Reviews.create(pod(spec.formatted("0" + digest)))))
                .isFalse();
    }

    @Test
    @Timeout(20)
    void holdsForEightThousandContainersInTime() throws Exception {
        StringBuilder list = new StringBuilder("{containers: [");
        for (int i = 0; i < 8_000; i++) {
            list.append("{name: c").append(i).append(", image: 'a:1', securityContext: {privileged: true}},");
        }
        String spec = list.append("]}").toString();
        deployment(spec);
        PolicySet set = set(policy("p", "checks: {privileged: {}}") + leave(WEB, "privileged"));
        assertThat(allowed(set, Reviews.create(pod(spec)))).isTrue();
    }

    private boolean allowed(PolicySet policies, ObjectNode review) throws Exception {
        JsonNode response = JSON.readTree(new Admission(
                                () -> policies,
                                cluster,
                                InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z")),
                                new SilentEvents())
                        .validate(JSON.writeValueAsBytes(review)))
                .path("response");
        return response.path("allowed").booleanValue();
    }

    private PolicySet set(String text) throws Exception {
        return PolicyFiles.read(Files.writeString(folder.resolve("policy.yaml"), text));
    }
}
