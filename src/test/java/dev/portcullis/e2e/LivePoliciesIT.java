package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static dev.portcullis.e2e.LiveResources.HELD;
import static dev.portcullis.e2e.LiveResources.SHOP;
import static dev.portcullis.e2e.LiveResources.exemption;
import static dev.portcullis.e2e.LiveResources.owner;
import static dev.portcullis.e2e.LiveResources.podJson;
import static dev.portcullis.e2e.LiveResources.policy;
import static dev.portcullis.e2e.Manifests.PRIVILEGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Policies and exemptions of a cluster, changed while the gate decides with no more rights than its role gives. */
@ExtendWith(ControlPlaneExtension.class)
final class LivePoliciesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ControlPlane controlPlane;
    private static PortcullisProcess portcullis;
    private static Webhooks webhooks;
    private static Reviews reviews;

    @BeforeAll
    static void guardTheCluster(ControlPlane unguarded) throws Exception {
        controlPlane = unguarded;
        Path kubeconfig = GateAccess.grant(controlPlane, List.of(HELD, SHOP));
        portcullis = PortcullisProcess.start(
                controlPlane.webhookHost(), "--kubeconfig", kubeconfig.toString(), "--portcullis.default-mode=warn");
        webhooks = Webhooks.register(controlPlane, portcullis);
        reviews = new Reviews(portcullis);
    }

    @AfterAll
    static void openTheCluster() {
        if (reviews != null) {
            reviews.close();
        }
        if (webhooks != null) {
            webhooks.close();
        }
        if (portcullis != null) {
            portcullis.close();
        }
    }

    @AfterEach
    void removePolicies() {
        succeeds(controlPlane.kubectl("delete", "hp,hx", "--all", "-A"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "match: {objects: {selector: {matchLabels: {a: b}}}} | an enforcing policy must match objects whatever their labels",
                "match: {kinds: [Deployment]} | an enforcing policy must match Pod",
                "match: {users: [ann]}, mode: warn | only a policy that audits may choose by who asks",
                "match: {groups: [ops]}, mode: audit, podSecurityLabels: honour | only a policy that audits may choose by who asks",
                "mode: enforced | Unsupported value",
                "exemptionNamespaces: ['Not A Name'] | should match",
            })
    void theSchemaRefusesWhatItCanTell(String spec, String message) {
        assertThat(apply(policy("refused", spec)))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1))
                .satisfies(result -> assertThat(result.stderr()).contains(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "profile: none, podSecurityLabels: honour",
                "mode: audit, match: {users: [ann], kinds: [Deployment], objects: {selector: {matchLabels: {a: b}}}}",
                "profile: baseline, fix: suggest, version: latest, checks: {pids-limit: {mode: 'off'}, image-registry: {parameters: {allow: ['a/*']}}}",
            })
    void goodPoliciesComeIntoForce(String spec) {
        succeeds(apply(policy("good", spec)));

        awaitCondition("hp/good", "InForce");
        assertThat(controlPlane.kubectl("get", "hp", "good").stdout())
                .containsPattern("PROFILE.*MODE.*ACCEPTED.*INFORCE");
    }

    @Test
    void aMisspelledPolicyIsRefusedByItsStatusAndTheLastGoodOneStays() {
        succeeds(apply(policy("typo", "profile: none, checks: {privileged: {mode: enforce}}")));
        awaitCondition("hp/typo", "InForce");

        succeeds(apply(policy("typo", "profile: none, checks: {privilegd: {mode: enforce}}")));
        awaitCondition("hp/typo", "Accepted=False");

        assertThat(status("hp/typo")).contains("spec.checks.privilegd", "did you mean \\\"privileged\\\"?");
        assertThat(denied(SHOP, podJson("p", true, false, ""))).isEqualTo("privileged");
        assertThat(reviews.metric("portcullis_policy_invalid")).isEqualTo(1);

        succeeds(controlPlane.kubectlWithInput(
                policy("typo", "porfile: none, checks: {host-network: {mode: enforce}}"),
                "replace",
                "--force",
                "--validate=false",
                "-f",
                "-"));
        awaitCondition("hp/typo", "Accepted=False");

        assertThat(status("hp/typo")).contains("spec.porfile", "did you mean \\\"profile\\\"?", "LastGoodVersion");
        assertThat(denied(SHOP, podJson("p", true, true, ""))).isEqualTo("privileged");
    }

    @Test
    void namespacesAreChosenByLabelsAsTheyAre() {
        succeeds(
                apply(
                        policy(
                                "prod",
                                "profile: none, match: {namespaces: {selector: {matchLabels: {tier: prod}}}}, checks: {privileged: {mode: enforce}}")));
        awaitCondition("hp/prod", "InForce");
        String bad = podJson("p", true, false, "");
        controlPlane
                .client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("live-new")
                        .endMetadata()
                        .build())
                .create();

        // Just made, and known all the same: were it not, this would be denied.
        assertThat(denied("live-new", bad)).isEmpty();
        JsonNode none = reviews.create("live-none", bad);
        assertThat(none.path("allowed").asBoolean()).isFalse();
        assertThat(none.toString()).contains("live-none does not exist");

        succeeds(controlPlane.kubectl("label", "namespace", "live-new", "tier=prod"));
        await().atMost(PATIENCE).until(() -> denied("live-new", bad).equals("privileged"));
        succeeds(controlPlane.kubectl("label", "namespace", "live-new", "tier-"));
        await().atMost(PATIENCE).until(() -> denied("live-new", bad).isEmpty());
    }

    @Test
    void theExemptionOfADeploymentCoversItsPodsAndNoForgery() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        succeeds(apply(policy(
                "leave",
                "profile: none, exemptionNamespaces: [" + HELD
                        + "], checks: {privileged: {mode: enforce}, host-network: {mode: enforce}}")));
        succeeds(apply(exemption("web", "Deployment", "web", "[privileged, host-network]", "2099-01-01T00:00:00Z")));
        awaitCondition("hp/leave", "InForce");
        awaitCondition("hx/web", "InForce");

        succeeds(controlPlane.kubectlWithInput(
                Manifests.deployment("web", PRIVILEGED), "create", "-n", SHOP, "-f", "-"));
        await().atMost(PATIENCE).until(() -> pods("web").size() == 1);
        awaitCondition("hx/web", "Used");
        assertThat(controlPlane.kubectlWithInput(
                        Manifests.deployment("other", PRIVILEGED), "create", "-n", SHOP, "-f", "-"))
                .satisfies(result -> assertThat(result.stderr()).contains("denied the request", "privileged"));

        ObjectMeta set = controlPlane
                .client()
                .apps()
                .replicaSets()
                .inNamespace(SHOP)
                .withLabel("app", "web")
                .list()
                .getItems()
                .getFirst()
                .getMetadata();
        assertThat(denied(SHOP, podJson("p", true, false, owner(set.getName(), set.getUid()))))
                .as("as the template has it")
                .isEmpty();
        assertThat(denied(
                        SHOP, podJson("p", true, false, owner(set.getName(), "11111111-2222-4333-8444-555555555555"))))
                .as("another uid")
                .isEqualTo("privileged");
        assertThat(denied(SHOP, podJson("p", true, true, owner(set.getName(), set.getUid()))))
                .as("more than the template has")
                .isEqualTo("host-network");
        assertThat(denied(
                        SHOP,
                        podJson("p", true, false, owner(set.getName(), set.getUid()))
                                .replace(Manifests.IMAGE, Manifests.OTHER_IMAGE)))
                .as("another image than the template has")
                .isEqualTo("privileged");
    }

    @Test
    void anExemptionEndsAtItsSecond() {
        succeeds(apply(policy(
                "ends", "profile: none, exemptionNamespaces: [" + HELD + "], checks: {privileged: {mode: enforce}}")));
        Instant end = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
        succeeds(apply(exemption("ends", "Pod", "web", "[privileged]", end.toString())));
        String bad = podJson("web", true, false, "");
        await().atMost(Duration.ofSeconds(7)).until(() -> denied(SHOP, bad).isEmpty());

        int before = 0;
        Instant asked = Instant.now();
        for (int after = 0; after < 20; ) {
            asked = Instant.now();
            String denied = denied(SHOP, bad);
            Instant answered = Instant.now();
            if (answered.isBefore(end)) {
                assertThat(denied).as("answered at " + answered).isEmpty();
                before++;
            } else if (!asked.isBefore(end)) {
                assertThat(denied).as("asked at " + asked).isEqualTo("privileged");
                after++;
            }
        }
        assertThat(before).isPositive();
        assertThat(Duration.between(end, asked)).isLessThan(Duration.ofSeconds(2));
        await().atMost(PATIENCE).until(() -> reviews.metric("portcullis_exemptions{state=\"expired\"}") == 1);
    }

    @Test
    void withoutAnyPolicyTheBuiltInOneIsThere() {
        succeeds(apply(policy("last", "profile: none, checks: {host-network: {mode: enforce}}")));
        awaitCondition("hp/last", "InForce");
        await().atMost(PATIENCE).until(() -> reviews.metric("portcullis_policy_builtin") == 0);

        succeeds(controlPlane.kubectl("delete", "hp", "last"));

        await().atMost(PATIENCE).until(() -> reviews.metric("portcullis_policy_builtin") == 1);
        JsonNode response = reviews.create(SHOP, podJson("p", true, true, ""));
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.path("warnings").toString()).contains("privileged");
        assertThat(version(response)).startsWith("built-in-warn");
    }

    @Test
    void aHundredReloadsUnderLoadEachAnswerFromOneWholeVersion() throws Exception {
        String ofBoth = Reviews.review(SHOP, podJson("p", true, true, ""));
        List<String> versions = List.of(
                "profile: none, checks: {privileged: {mode: enforce}, host-network: {mode: warn}}",
                "profile: none, checks: {host-network: {mode: enforce}, privileged: {mode: warn}}");
        succeeds(apply(policy("flip", versions.getFirst())));
        awaitCondition("hp/flip", "InForce");

        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        Map<String, String> deniedBy = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        Instant begun = Instant.now();
        try (ExecutorService load = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                load.execute(() -> {
                    while (!over.get()) {
                        try {
                            JsonNode response = reviews.send(ofBoth);
                            String denied = response.path("auditAnnotations")
                                    .path("failed-enforce")
                                    .asString("");
                            String known = deniedBy.putIfAbsent(version(response), denied);
                            boolean consistent = (known == null || known.equals(denied))
                                    && response.path("allowed").asBoolean() == denied.isEmpty()
                                    && !denied.contains(",");
                            if (!consistent) {
                                wrong.add(response.toString());
                            }
                            answers.incrementAndGet();
                        } catch (RuntimeException failed) {
                            wrong.add(failed.toString());
                        }
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    }
                });
            }
            try {
                reload(versions);
            } finally {
                over.set(true);
            }
        }

        double seconds = Duration.between(begun, Instant.now()).toMillis() / 1_000.0;
        assertThat(wrong).isEmpty();
        assertThat(answers.get() / seconds).as("answers a second").isGreaterThanOrEqualTo(200);
        assertThat(deniedBy.values()).contains("privileged", "host-network", "");
        assertThat(deniedBy).hasSize(3);
    }

    /** A hundred versions: of ten one is invalid, and one is gone before the next comes. */
    private static void reload(List<String> versions) {
        for (int i = 0; i < 100; i++) {
            if (i % 10 == 3) {
                succeeds(apply(policy("flip", "profile: none, checks: {no-such-check: {}}")));
                awaitSeen(false);
            } else if (i % 10 == 7) {
                succeeds(controlPlane.kubectl("delete", "hp", "flip"));
                await().atMost(PATIENCE).until(() -> reviews.metric("portcullis_policy_builtin") == 1);
            } else {
                succeeds(apply(policy("flip", versions.get(i % 2))));
                awaitSeen(true);
            }
        }
    }

    private static void awaitSeen(boolean accepted) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            JsonNode policy = controlPlane
                    .client()
                    .getKubernetesSerialization()
                    .convertValue(
                            controlPlane
                                    .client()
                                    .genericKubernetesResources("portcullis.dev/v1alpha1", "HardeningPolicy")
                                    .withName("flip")
                                    .get(),
                            JsonNode.class);
            JsonNode condition = policy.path("status").path("conditions").path(0);
            return condition.path("observedGeneration").asLong(-1)
                            == policy.path("metadata").path("generation").asLong()
                    && condition.path("status").asString("").equals(accepted ? "True" : "False");
        });
    }

    private static String denied(String namespace, String pod) {
        return reviews.create(namespace, pod)
                .path("auditAnnotations")
                .path("failed-enforce")
                .asString("");
    }

    private static String version(JsonNode response) {
        return response.path("auditAnnotations").path("policy-version").asString("");
    }

    private static List<Pod> pods(String app) {
        return controlPlane
                .client()
                .pods()
                .inNamespace(SHOP)
                .withLabel("app", app)
                .list()
                .getItems();
    }

    private static CommandResult apply(String manifest) {
        return controlPlane.kubectlWithInput(manifest, "apply", "-f", "-");
    }

    private static String status(String resource) {
        return controlPlane.kubectl("get", resource, "-o", "jsonpath={.status}").stdout();
    }

    private static void awaitCondition(String resource, String condition) {
        succeeds(controlPlane.kubectl("wait", "--for=condition=" + condition, resource, "-n", HELD, "--timeout=30s"));
    }
}
