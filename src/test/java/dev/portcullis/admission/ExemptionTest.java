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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Deployment agent in namespace shop, of which a pod is made by a ReplicaSet, fails what it is exempted from. */
class ExemptionTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: default}
            spec:
              profile: none
              checks: {host-network: {}, host-path-volumes: {}, privileged: {}, run-as-non-root: {}}
              exemptionNamespaces: [leaves]
            """;
    private static final String SPEC = """
            {hostNetwork: true,
             volumes: [{name: log, hostPath: {path: /var/log}}],
             containers: [{name: agent, image: agent:1, securityContext: {privileged: true, runAsNonRoot: true}}]}
            """;

    @TempDir
    private Path folder;

    private final KnownCluster cluster = new KnownCluster()
            .with(controller("apps/v1", "Deployment", "agent", "d-1", null, SPEC))
            .with(controller("apps/v1", "ReplicaSet", "agent-1", "r-1", "apps/v1 Deployment agent d-1", SPEC));

    private final ObjectNode pod = pod("agent-1-x", "apps/v1 ReplicaSet agent-1 r-1", SPEC);

    @Test
    void ofADeploymentCoversItsPods() throws Exception {
        assertThat(allowed(pod, leave("Deployment", "agent", ALL))).isTrue();
        assertThat(allowed(pod, "")).isFalse();
    }

    private static final String ALL = "checks: [host-network, host-path-volumes, privileged]";

    @Test
    void isToldInTheAnnotations() throws Exception {
        JsonNode annotations =
                validate(pod, leave("Deployment", "agent", ALL), NOW).path("auditAnnotations");
        assertThat(annotations.path("exempted").asString(""))
                .isEqualTo("host-network=leaves/one,host-path-volumes=leaves/one,privileged=leaves/one");
        assertThat(annotations.has("failed-enforce")).isFalse();
    }

    @Test
    void coversTheControllerAndWhatIsBetween() throws Exception {
        String leave = leave("Deployment", "agent", ALL);
        assertThat(allowed(controller("apps/v1", "Deployment", "agent", "", null, SPEC), leave))
                .isTrue();
        assertThat(allowed(
                        controller("apps/v1", "ReplicaSet", "agent-2", "", "apps/v1 Deployment agent d-1", SPEC),
                        leave))
                .isTrue();
        assertThat(allowed(controller("apps/v1", "Deployment", "other", "", null, SPEC), leave))
                .isFalse();
    }

    @Test
    void ofACronJobCoversItsJobsAndTheirPods() throws Exception {
        cluster.with(Reviews.object(
                        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly, namespace: shop, uid: c-1},"
                                + " spec: {jobTemplate: {spec: {template: {spec: " + SPEC + "}}}}}"))
                .with(controller("batch/v1", "Job", "nightly-7", "j-1", "batch/v1 CronJob nightly c-1", SPEC));
        String leave = leave("CronJob", "nightly", ALL);
        assertThat(allowed(controller("batch/v1", "Job", "nightly-8", "", "batch/v1 CronJob nightly c-1", SPEC), leave))
                .isTrue();
        assertThat(allowed(pod("nightly-7-x", "batch/v1 Job nightly-7 j-1", SPEC), leave))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "apps/v1 ReplicaSet agent-1 r-2, a uid that is not the ReplicaSet's",
        "apps/v1 ReplicaSet agent-9 r-1, a ReplicaSet that there is not",
        "apps/v1 Deployment agent d-2, a uid that is not the Deployment's",
        "apps/v1 StatefulSet agent d-1, another kind",
        "example.com/v1 Deployment agent d-1, another group",
    })
    void isNotHadByAForgedReference(String owner, String what) throws Exception {
        assertThat(allowed(pod("x", owner, SPEC), leave("Deployment", "agent", ALL)))
                .as(what)
                .isFalse();
    }

    @Test
    void isNotHadByAReferenceThatNamesNoController() throws Exception {
        ObjectNode owned = pod.deepCopy();
        ((ObjectNode) owned.at("/metadata/ownerReferences/0")).put("controller", false);
        assertThat(allowed(owned, leave("Deployment", "agent", ALL))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /var/log   | /etc         | another value
                    name: agent| name: miner  | another container
                    """)
    void doesNotCoverWhatTheTemplateDoesNotSay(String written, String instead, String what) throws Exception {
        ObjectNode other = pod("agent-1-x", "apps/v1 ReplicaSet agent-1 r-1", SPEC.replace(written, instead));
        assertThat(allowed(other, leave("Deployment", "agent", ALL))).as(what).isFalse();
    }

    @Test
    void doesNotCoverAContainerThatWasAdded() throws Exception {
        String with = SPEC.replace(
                "containers: [",
                "containers: [{name: proxy, image: proxy:1, securityContext: {privileged: true, runAsNonRoot: true}}, ");
        ObjectNode injected = pod("agent-1-x", "apps/v1 ReplicaSet agent-1 r-1", with);
        JsonNode answer = validate(injected, leave("Deployment", "agent", ALL), NOW);
        assertThat(answer.path("allowed").booleanValue()).isFalse();
        assertThat(answer.at("/status/message").asString("")).contains("proxy").doesNotContain("container agent");
    }

    @Test
    void endsAtItsMoment() throws Exception {
        String leave = leave("Deployment", "agent", ALL);
        Instant end = Instant.parse("2027-03-01T00:00:00Z");
        assertThat(validate(pod, leave, end.minusNanos(1)).path("allowed").booleanValue())
                .isTrue();
        assertThat(validate(pod, leave, end).path("allowed").booleanValue()).isFalse();
    }

    @Test
    void countsOnlyWhereAPolicyOrTheChartHeedsItsNamespace() throws Exception {
        String elsewhere = leave("Deployment", "agent", ALL).replace("namespace: leaves", "namespace: mine");
        Path file = Files.writeString(folder.resolve("policy.yaml"), POLICY + elsewhere);
        assertThat(allowed(pod, PolicyFiles.read(file, Set.of("mine")))).isTrue();
        String another = POLICY.replace("name: default", "name: other").replace("[leaves]", "[mine]");
        assertThat(allowed(pod, set(POLICY + "---\n" + another + elsewhere))).isFalse();
    }

    @Test
    void coversAViolationAloneOrNotAtAll() throws Exception {
        String forOther =
                leave("Deployment", "agent", ALL).replace("name: agent}", "name: agent, containers: [other]}");
        String forAgent = leave("Deployment", "agent", "checks: [host-network, host-path-volumes]")
                .replace("name: one", "name: two");
        assertThat(allowed(pod, forOther + forAgent)).isFalse();
        String whole = leave("Deployment", "agent", "checks: [privileged]").replace("name: one", "name: two");
        assertThat(allowed(pod, forOther + whole)).isTrue();
    }

    @Test
    void thatNamesContainersCoversWhatConcernsNoneOfThem() throws Exception {
        String named = leave("Deployment", "agent", ALL).replace("name: agent}", "name: agent, containers: [agent]}");
        assertThat(allowed(pod, named)).isTrue();
    }

    @Test
    void thatNamesContainersDoesNotCoverWhatThePodSaysForAllOfThem() throws Exception {
        String spec = "{securityContext: {runAsNonRoot: false}, containers: [{name: web, image: web:1}]}";
        ObjectNode bare = pod("bare", null, spec);
        String named = leave("Pod", "bare", "checks: [run-as-non-root]");
        assertThat(allowed(bare, named)).isTrue();
        assertThat(allowed(bare, named.replace("name: bare}", "name: bare, containers: [web]}")))
                .isFalse();
    }

    @Test
    void isNotPatchedAway() throws Exception {
        String policy = POLICY.replace("privileged: {}", "read-only-root-filesystem: {fix: true}");
        PolicySet exempting = set(policy + leave("Deployment", "agent", "checks: [read-only-root-filesystem]"));
        assertThat(mutate(exempting).has("patch")).isFalse();
        assertThat(mutate(set(policy)).has("patch")).isTrue();
    }

    private JsonNode mutate(PolicySet policies) throws Exception {
        return JSON.readTree(admission(policies, NOW).mutate(JSON.writeValueAsBytes(Reviews.create(pod))))
                .path("response");
    }

    private boolean allowed(ObjectNode object, String leaves) throws Exception {
        return validate(object, leaves, NOW).path("allowed").booleanValue();
    }

    private boolean allowed(ObjectNode object, PolicySet policies) throws Exception {
        return validate(object, policies, NOW).path("allowed").booleanValue();
    }

    private JsonNode validate(ObjectNode object, String leaves, Instant now) throws Exception {
        return validate(object, set(POLICY + leaves), now);
    }

    private JsonNode validate(ObjectNode object, PolicySet policies, Instant now) throws Exception {
        byte[] review = JSON.writeValueAsBytes(Reviews.create(object));
        return JSON.readTree(admission(policies, now).validate(review)).path("response");
    }

    private Admission admission(PolicySet policies, Instant now) {
        return new Admission(() -> policies, cluster, InstantSource.fixed(now), new SilentEvents());
    }

    private PolicySet set(String text) throws Exception {
        return PolicyFiles.read(Files.writeString(folder.resolve("policy.yaml"), text));
    }

    private static String leave(String kind, String name, String checks) {
        return """
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningExemption
                metadata: {name: one, namespace: leaves}
                spec:
                  subject: {namespace: shop, kind: %s, name: %s}
                  %s
                  owner: sre@example.com
                  reason: it has to
                  expiresAt: 2027-03-01T00:00:00Z
                """.formatted(kind, name, checks);
    }

    private static ObjectNode pod(String name, @Nullable String owner, String spec) {
        return Reviews.object("{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", namespace: shop"
                + owned(owner) + "}, spec: " + spec + "}");
    }

    private static ObjectNode controller(
            String apiVersion, String kind, String name, String uid, @Nullable String owner, String spec) {
        return Reviews.object("{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: " + name
                + ", namespace: shop, uid: \"" + uid + "\"" + owned(owner) + "}, spec: {template: {spec: " + spec
                + "}}}");
    }

    /** From {@code APIVERSION KIND NAME UID}. */
    private static String owned(@Nullable String owner) {
        if (owner == null) {
            return "";
        }
        String[] parts = owner.split(" ", -1);
        return ", ownerReferences: [{apiVersion: " + parts[0] + ", kind: " + parts[1] + ", name: " + parts[2]
                + ", uid: " + parts[3] + ", controller: true}]";
    }
}
