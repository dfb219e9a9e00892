package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static dev.portcullis.e2e.LiveResources.HELD;
import static dev.portcullis.e2e.LiveResources.SHOP;
import static dev.portcullis.e2e.LiveResources.exemption;
import static dev.portcullis.e2e.LiveResources.podJson;
import static dev.portcullis.e2e.LiveResources.policy;
import static dev.portcullis.e2e.Manifests.PRIVILEGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Gates that start late, in pairs, with too few rights, or with files of their own beside a cluster. */
@ExtendWith(ControlPlaneExtension.class)
final class GatesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PRIVILEGED_ONLY = "profile: none, checks: {privileged: {mode: enforce}}";
    private static final String BROKEN = "profile: none, checks: {no-such-check: {}}";
    private static final String PRIVILEGED_POD = podJson("p", true, false, "");

    private static ControlPlane controlPlane;
    private static Path kubeconfig;

    @BeforeAll
    static void grant(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        kubeconfig = GateAccess.grant(cluster, List.of(HELD, SHOP));
    }

    @AfterEach
    void removePolicies() {
        succeeds(controlPlane.kubectl("delete", "hp,hx", "--all", "-A"));
    }

    @Test
    void oneThatFindsABrokenPolicyAtItsStartIsStricterThanItMayBe() throws Exception {
        succeeds(apply(policy("web", "profile: none, checks: {host-network: {mode: enforce}}")));
        succeeds(apply(policy("web", BROKEN)));
        try (PortcullisProcess gate = start(kubeconfig, "--portcullis.default-mode=warn");
                Reviews reviews = new Reviews(gate)) {
            awaitCondition("hp/web", "Accepted=False");
            assertThat(failures(reviews, PRIVILEGED_POD)).contains("privileged");
            assertThat(reviews.metric("portcullis_policy_invalid")).isEqualTo(1);

            succeeds(apply(policy("web", "profile: none, checks: {host-network: {mode: enforce}}")));
            awaitCondition("hp/web", "InForce");
            await().atMost(PATIENCE)
                    .until(() -> failures(reviews, PRIVILEGED_POD).isEmpty());
        }
    }

    @Test
    void twoThatKnowDifferentPastsComeToRestOnOneStatus() throws Exception {
        succeeds(apply(policy("web", PRIVILEGED_ONLY)));
        try (PortcullisProcess first = start(kubeconfig);
                Reviews ofFirst = new Reviews(first)) {
            awaitCondition("hp/web", "InForce");
            succeeds(apply(policy("web", BROKEN)));
            awaitCondition("hp/web", "Accepted=False");
            try (PortcullisProcess second = start(kubeconfig);
                    Reviews ofSecond = new Reviews(second)) {
                // The second one never saw the good version.
                assertThat(failures(ofFirst, PRIVILEGED_POD)).isEqualTo("privileged");
                assertThat(failures(ofSecond, PRIVILEGED_POD)).contains("privileged");
                staysAsItIs("hp/web");

                succeeds(apply(policy("web", PRIVILEGED_ONLY)));
                awaitCondition("hp/web", "InForce");
                await().atMost(PATIENCE)
                        .until(() -> failures(ofSecond, PRIVILEGED_POD).equals("privileged"));
                staysAsItIs("hp/web");
            }
        }
    }

    @Test
    void oneThatMayNotWriteStatusesDecidesAllTheSame() throws Exception {
        succeeds(controlPlane.kubectl("create", "serviceaccount", "mute", "-n", "portcullis"));
        succeeds(controlPlane.kubectl(
                "create",
                "clusterrole",
                "mute",
                "--verb=get,list,watch",
                "--resource=hardeningpolicies.portcullis.dev,hardeningexemptions.portcullis.dev,namespaces,"
                        + "replicationcontrollers,deployments.apps,replicasets.apps,statefulsets.apps,daemonsets.apps,"
                        + "jobs.batch,cronjobs.batch"));
        succeeds(controlPlane.kubectl(
                "create", "clusterrolebinding", "mute", "--clusterrole=mute", "--serviceaccount=portcullis:mute"));
        succeeds(apply(policy("web", PRIVILEGED_ONLY)));
        try (PortcullisProcess gate = start(GateAccess.kubeconfig(controlPlane, "mute"));
                Reviews reviews = new Reviews(gate)) {
            await().atMost(PATIENCE)
                    .until(() -> failures(reviews, PRIVILEGED_POD).equals("privileged"));
            assertThat(controlPlane
                            .kubectl("get", "hp/web", "-o", "jsonpath={.status}")
                            .stdout())
                    .isEmpty();

            succeeds(apply(policy("web", "profile: none, checks: {host-network: {mode: enforce}}")));
            await().atMost(PATIENCE)
                    .until(() -> failures(reviews, PRIVILEGED_POD).isEmpty());
        } finally {
            succeeds(controlPlane.kubectl("delete", "clusterrolebinding/mute", "clusterrole/mute"));
            succeeds(controlPlane.kubectl("delete", "serviceaccount", "mute", "-n", "portcullis"));
        }
    }

    @Test
    void onesOwnFilesAreHeededInPlaceOfTheClustersPoliciesAndKnowItsNamespaces(@TempDir Path folder) throws Exception {
        controlPlane.namespace("live-gold", Map.of("tier", "gold"));
        succeeds(apply(policy("web", "profile: none, checks: {host-network: {mode: enforce}}")));
        Path file = Files.writeString(
                folder.resolve("policy.yaml"),
                policy("file", "match: {namespaces: {selector: {matchLabels: {tier: gold}}}}, " + PRIVILEGED_ONLY));
        try (PortcullisProcess gate = start(kubeconfig, "--policy", file.toString());
                Reviews reviews = new Reviews(gate)) {
            String both = podJson("p", true, true, "");
            assertThat(failed(reviews.create("live-gold", both))).isEqualTo("privileged");
            assertThat(failed(reviews.create(SHOP, both))).isEmpty();
        }
    }

    @Test
    void exemptionsOfCronJobsAndStatefulSetsCoverTheirPods() throws Exception {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        succeeds(apply(policy("web", "exemptionNamespaces: [" + HELD + "], " + PRIVILEGED_ONLY)));
        succeeds(apply(exemption("nightly", "CronJob", "nightly", "[privileged]", "2099-01-01T00:00:00Z")));
        succeeds(apply(exemption("store", "StatefulSet", "store", "[privileged]", "2099-01-01T00:00:00Z")));
        try (PortcullisProcess gate = start(kubeconfig);
                Webhooks _ = Webhooks.register(controlPlane, gate)) {
            awaitCondition("hx/nightly", "InForce");
            awaitCondition("hx/store", "InForce");
            create(Manifests.cronJob("nightly", PRIVILEGED));
            create(Manifests.statefulSet("store", PRIVILEGED));
            // The gate knows owners from its watch, which may be a moment behind.
            await().atMost(PATIENCE).until(() -> jobOfTonight().exitCode() == 0);
            await().atMost(PATIENCE).until(() -> pods("job-name=tonight").contains("tonight"));
            await().atMost(PATIENCE).until(() -> pods("app=store").contains("store-0"));
            assertThat(controlPlane
                            .kubectlWithInput(
                                    Manifests.statefulSet("other", PRIVILEGED), "create", "-n", SHOP, "-f", "-")
                            .stderr())
                    .contains("denied the request", "privileged");
        } finally {
            succeeds(controlPlane.kubectl(
                    "delete", "cronjob/nightly", "job/tonight", "statefulset/store", "-n", SHOP, "--ignore-not-found"));
        }
    }

    private static PortcullisProcess start(Path kubeconfig, String... flags) {
        List<String> all = new ArrayList<>(List.of("--kubeconfig", kubeconfig.toString()));
        all.addAll(List.of(flags));
        return PortcullisProcess.start(controlPlane.webhookHost(), all.toArray(String[]::new));
    }

    private static void create(String manifest) {
        succeeds(controlPlane.kubectlWithInput(manifest, "create", "-n", SHOP, "-f", "-"));
    }

    private static CommandResult jobOfTonight() {
        return controlPlane.kubectl("create", "job", "tonight", "--from=cronjob/nightly", "-n", SHOP);
    }

    private static String pods(String selector) {
        return controlPlane
                .kubectl("get", "pods", "-n", SHOP, "-l", selector, "-o", "name")
                .stdout();
    }

    /** Two gates that disagreed would write in turns. */
    private static void staysAsItIs(String resource) {
        AtomicReference<String> last = new AtomicReference<>("");
        await().atMost(PATIENCE).during(Duration.ofSeconds(5)).until(() -> {
            String version = version(resource);
            return version.equals(last.getAndSet(version));
        });
    }

    private static String version(String resource) {
        return controlPlane
                .kubectl("get", resource, "-o", "jsonpath={.metadata.resourceVersion}")
                .stdout();
    }

    private static String failures(Reviews reviews, String pod) {
        return failed(reviews.create(SHOP, pod));
    }

    private static String failed(JsonNode response) {
        return response.path("auditAnnotations").path("failed-enforce").asString("");
    }

    private static CommandResult apply(String manifest) {
        return controlPlane.kubectlWithInput(manifest, "apply", "-f", "-");
    }

    private static void awaitCondition(String resource, String condition) {
        succeeds(controlPlane.kubectl("wait", "--for=condition=" + condition, resource, "-n", HELD, "--timeout=30s"));
    }
}
