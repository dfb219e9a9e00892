package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static dev.portcullis.e2e.LiveResources.HELD;
import static dev.portcullis.e2e.LiveResources.exemption;
import static dev.portcullis.e2e.LiveResources.policy;
import static dev.portcullis.e2e.Manifests.GOOD;
import static dev.portcullis.e2e.Manifests.PRIVILEGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Report resources in a real cluster: written, kept, and left alone where nothing has changed. */
@ExtendWith(ControlPlaneExtension.class)
final class ReportsIT {
    private static final String PLACE = LiveResources.SHOP;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PRIVILEGED_ONLY =
            "exemptionNamespaces: [" + HELD + "], profile: none, checks: {privileged: {mode: enforce}}";
    private static final String WEB = "portcullis-deployment-web";

    private static ControlPlane controlPlane;
    private static Path kubeconfig;

    private ReportDefinitions kinds = ReportDefinitions.OPENREPORTS;

    @BeforeAll
    static void grant(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        GateAccess.grant(cluster, List.of(HELD, PLACE));
        kubeconfig = GateAccess.console(cluster);
        cluster.awaitDefaultAccount(PLACE);
    }

    @BeforeEach
    void begin() {
        succeeds(apply(policy("only", PRIVILEGED_ONLY)));
        create(Manifests.deployment("web", PRIVILEGED));
        create(Manifests.pod("bare", GOOD));
    }

    @AfterEach
    void clean() {
        kinds.remove(controlPlane);
        succeeds(controlPlane.kubectl("delete", "hp,hx", "--all", "-A"));
        succeeds(controlPlane.kubectl("delete", "deploy,rs,pod", "--all", "-n", PLACE, "--now", "--timeout=50s"));
        succeeds(controlPlane.kubectl(
                "delete", "lease", "portcullis-console", "-n", "portcullis", "--ignore-not-found"));
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatReadersOfReportsLookFor(ReportDefinitions definitions) {
        install(definitions);
        try (PortcullisProcess _ = start()) {
            await().atMost(PATIENCE).until(() -> isWritten(WEB) && isWritten("portcullis-pod-bare"));
        }
        JsonNode report = report(WEB);
        assertThat(report.at("/metadata/labels/app.kubernetes.io~1managed-by").asString())
                .isEqualTo("portcullis");
        JsonNode deployment = object("deploy", "web");
        String uid = deployment.at("/metadata/uid").asString();
        assertThat(report.at("/metadata/ownerReferences/0").toString())
                .contains("\"kind\":\"Deployment\"", "\"apiVersion\":\"apps/v1\"", "\"name\":\"web\"", uid);
        assertThat(report.at("/scope/kind").asString()).isEqualTo("Deployment");
        assertThat(report.at("/scope/namespace").asString()).isEqualTo(PLACE);
        assertThat(report.at("/scope/uid").asString()).isEqualTo(uid);
        assertThat(report.path("summary").toString())
                .contains("\"fail\":1", "\"pass\":0", "\"warn\":0", "\"error\":0", "\"skip\":0");
        JsonNode result = report.at("/results/0");
        assertThat(result.path("result").asString()).isEqualTo("fail");
        assertThat(result.path("policy").asString()).isEqualTo("only");
        assertThat(result.path("rule").asString()).isEqualTo("privileged");
        assertThat(result.path("category").asString()).isEqualTo("Pod Security Standards (baseline)");
        assertThat(result.path("severity").asString())
                .isEqualTo(definitions == ReportDefinitions.OLD_POLICYREPORT ? "high" : "critical");
        assertThat(result.at("/properties/field").asString())
                .isEqualTo("spec.template.spec.containers[0].securityContext.privileged");
        assertThat(result.at("/properties/fix").asString()).isEqualTo("set it to false");
        assertThat(result.at("/properties/container").asString()).isEqualTo("web");
        assertThat(result.path("message").asString())
                .startsWith("container web: spec.template.spec.containers[0].securityContext.privileged is true");
        assertThat(result.at("/timestamp/seconds").asLong())
                .isBetween(System.currentTimeMillis() / 1000 - 120, System.currentTimeMillis() / 1000);
        JsonNode source = definitions == ReportDefinitions.OPENREPORTS ? report.path("source") : result.path("source");
        assertThat(source.asString()).isEqualTo("portcullis");
        assertThat(report("portcullis-pod-bare").at("/summary/pass").asInt()).isEqualTo(1);
        assertThat(controlPlane
                        .kubectl("get", definitions.resource(), "-n", PLACE)
                        .stdout())
                .containsPattern("NAME +PASS +FAIL +WARN +ERROR +SKIP +AGE")
                .containsPattern(WEB + " +0 +1 +0 +0 +0 ");
    }

    @Test
    void followsWhatBecomesOfWorkloadsAndPolicies() {
        install(ReportDefinitions.OPENREPORTS);
        try (PortcullisProcess _ = start()) {
            await().atMost(PATIENCE).until(() -> fails(WEB) == 1 && fails("portcullis-pod-bare") == 0);

            succeeds(apply(exemption("web", "Deployment", "web", "[privileged]", "2099-01-01T00:00:00Z")));
            await().atMost(PATIENCE).until(() -> report(WEB).at("/summary/skip").asInt(-1) == 1);
            assertThat(report(WEB).at("/results/0/properties/exemption").asString())
                    .isEqualTo(HELD + "/web");

            succeeds(
                    apply(
                            policy(
                                    "only",
                                    "profile: none, checks: {host-network: {mode: warn}, image-registry: {mode: warn, parameters: {allow: [\"other.example/*\"]}}}")));
            await().atMost(PATIENCE)
                    .until(() ->
                            report("portcullis-pod-bare").at("/summary/warn").asInt(-1) == 1);

            succeeds(controlPlane.kubectl("delete", "deploy", "web", "-n", PLACE));
            await().atMost(PATIENCE).until(() -> !isWritten(WEB));
            create(Manifests.pod("late", GOOD));
            await().atMost(PATIENCE).until(() -> isWritten("portcullis-pod-late"));
        }
    }

    @Test
    void heedsLabelsOfNamespaces() {
        install(ReportDefinitions.OPENREPORTS);
        succeeds(apply(
                policy("only", "match: {namespaces: {selector: {matchLabels: {tier: gold}}}}, " + PRIVILEGED_ONLY)));
        try (PortcullisProcess _ = start()) {
            await().atMost(PATIENCE).until(() -> fails(WEB) == 0);
            succeeds(controlPlane.kubectl("label", "ns", PLACE, "tier=gold"));
            await().atMost(PATIENCE).until(() -> fails(WEB) == 1);
        } finally {
            succeeds(controlPlane.kubectl("label", "ns", PLACE, "tier-"));
        }
    }

    @Test
    void putsBackWhatOthersEditOrDelete() {
        install(ReportDefinitions.OPENREPORTS);
        try (PortcullisProcess console = start()) {
            await().atMost(PATIENCE).until(() -> fails(WEB) == 1);
            JsonNode before = report(WEB);

            succeeds(patch("[{\"op\": \"replace\", \"path\": \"/results\", \"value\": []},"
                    + " {\"op\": \"replace\", \"path\": \"/summary/fail\", \"value\": 0}]"));
            await().atMost(PATIENCE)
                    .until(() -> fails(WEB) == 1 && report(WEB).path("results").size() == 1);
            assertThat(console.metric("portcullis_reports_restored_total")).isEqualTo(1);

            succeeds(patch("[{\"op\": \"remove\", \"path\": \"/metadata/labels\"},"
                    + " {\"op\": \"remove\", \"path\": \"/metadata/ownerReferences\"}]"));
            await().atMost(PATIENCE)
                    .until(() -> report(WEB).path("metadata").has("ownerReferences")
                            && report(WEB).path("metadata").has("labels"));

            succeeds(controlPlane.kubectl("delete", kinds.resource(), WEB, "-n", PLACE));
            await().atMost(PATIENCE).until(() -> fails(WEB) == 1);
            assertThat(report(WEB).path("summary")).isEqualTo(before.path("summary"));

            // A stranger's label is no business of ours.
            succeeds(controlPlane.kubectl("label", kinds.resource(), WEB, "-n", PLACE, "team=a"));
            staysAsItIs();
            assertThat(report(WEB).at("/metadata/labels/team").asString()).isEqualTo("a");
        }
    }

    @Test
    void writesNothingWhereNothingChanged() {
        install(ReportDefinitions.OPENREPORTS);
        Map<String, String> first;
        try (PortcullisProcess _ = start()) {
            await().atMost(PATIENCE).until(() -> fails(WEB) == 1 && isWritten("portcullis-pod-bare"));
            first = versions();
        }
        try (PortcullisProcess second = start()) {
            await().atMost(PATIENCE).until(() -> second.metric("portcullis_scan_pass_seconds_count") >= 1);
            staysAsItIs();
            assertThat(versions()).isEqualTo(first);
            assertThat(second.metric("portcullis_reports_written_total")).isZero();
            assertThat(second.metric("portcullis_scan_judged_total")).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void anotherGoesOnWhereTheLeaderIsKilledAndWritesNothingTwice() {
        install(ReportDefinitions.OPENREPORTS);
        PortcullisProcess first = start();
        try (PortcullisProcess second = start()) {
            await().atMost(PATIENCE).until(() -> fails(WEB) == 1 && isWritten("portcullis-pod-bare"));
            PortcullisProcess leader = first.metric("portcullis_scan_leader") == 1 ? first : second;
            PortcullisProcess other = leader == first ? second : first;
            assertThat(other.metric("portcullis_reports_written_total")).isZero();
            Map<String, String> before = versions();

            leader.kill();

            await().atMost(Duration.ofSeconds(15)).until(() -> other.metric("portcullis_scan_leader") == 1);
            await().atMost(PATIENCE).until(() -> other.metric("portcullis_scan_pass_seconds_count") >= 1);
            staysAsItIs();
            assertThat(versions()).isEqualTo(before);
            create(Manifests.pod("late", GOOD));
            await().atMost(PATIENCE).until(() -> isWritten("portcullis-pod-late"));
        } finally {
            first.close();
        }
    }

    @Test
    void saysHowManyWorkloadsAreLeftOut() {
        install(ReportDefinitions.OPENREPORTS);
        create(Manifests.pod("bad", PRIVILEGED));
        try (PortcullisProcess console = start("--portcullis.reports.most-results=1")) {
            await().atMost(PATIENCE).until(() -> ofAll().at("/summary/warn").asInt(0) == 1);
            assertThat(ofAll().at("/results/0/message").asString())
                    .startsWith("1 workload with 1 results have no report: there are 1 results at most");
            assertThat(isWritten(WEB) ^ isWritten("portcullis-pod-bad")).isTrue();
            assertThat(console.metric("portcullis_reports_omitted")).isEqualTo(1);

            succeeds(controlPlane.kubectl("delete", "deploy", "web", "-n", PLACE));
            await().atMost(PATIENCE).until(() -> fails("portcullis-pod-bad") == 1 && ofAll().isEmpty());
        }
    }

    @Test
    void beginsOnceTheKindsAreThere() {
        try (PortcullisProcess console = start()) {
            await().atMost(PATIENCE).until(() -> console.metric("portcullis_scan_workloads") >= 2);
            install(ReportDefinitions.POLICYREPORT);
            await().atMost(PATIENCE.multipliedBy(2)).until(() -> fails(WEB) == 1);
        }
    }

    @Test
    void takesAwayReportsAboutNothing() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        install(ReportDefinitions.OPENREPORTS);
        succeeds(apply("""
                apiVersion: openreports.io/v1alpha1
                kind: Report
                metadata: {name: portcullis-pod-nobody, namespace: %s, labels: {app.kubernetes.io/managed-by: portcullis}}
                ---
                apiVersion: openreports.io/v1alpha1
                kind: Report
                metadata: {name: of-others, namespace: %1$s, labels: {app.kubernetes.io/managed-by: others}}
                """.formatted(PLACE)));
        try (PortcullisProcess _ = start()) {
            await().atMost(PATIENCE).until(() -> fails(WEB) == 1 && !isWritten("portcullis-pod-nobody"));
            assertThat(isWritten("of-others")).isTrue();
        }
    }

    private void install(ReportDefinitions definitions) {
        kinds = definitions;
        definitions.install(controlPlane);
    }

    private static PortcullisProcess start(String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--kubeconfig",
                kubeconfig.toString(),
                "--portcullis.namespace=portcullis",
                "--portcullis.roles=console",
                "--portcullis.scan.enabled=true"));
        all.addAll(List.of(flags));
        return PortcullisProcess.start(controlPlane.webhookHost(), all.toArray(String[]::new));
    }

    private boolean isWritten(String report) {
        return !report(report).isEmpty();
    }

    private int fails(String report) {
        return report(report).at("/summary/fail").asInt(-1);
    }

    private JsonNode report(String name) {
        return object(kinds.resource(), name);
    }

    private JsonNode ofAll() {
        return object(kinds.clusterResource(), "portcullis");
    }

    private static JsonNode object(String resource, String name) {
        CommandResult found = controlPlane.kubectl("get", resource, name, "-n", PLACE, "-o", "json");
        return JsonMapper.shared().readTree(found.exitCode() == 0 ? found.stdout() : "{}");
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        CommandResult found = controlPlane.kubectl("get", kinds.resource(), "-A", "-o", "json");
        succeeds(found);
        JsonMapper.shared().readTree(found.stdout()).path("items").forEach(report -> {
            if (report.at("/metadata/namespace").asString().equals(PLACE)) {
                versions.put(
                        report.at("/metadata/name").asString(),
                        report.at("/metadata/resourceVersion").asString());
            }
        });
        return versions;
    }

    private void staysAsItIs() {
        Map<String, String> now = versions();
        await().atMost(PATIENCE)
                .during(Duration.ofSeconds(6))
                .until(() -> versions().equals(now));
    }

    private CommandResult patch(String operations) {
        return controlPlane.kubectl("patch", kinds.resource(), WEB, "-n", PLACE, "--type=json", "-p", operations);
    }

    private static void create(String manifest) {
        succeeds(controlPlane.kubectlWithInput(manifest, "create", "-n", PLACE, "-f", "-"));
    }

    private static CommandResult apply(String manifest) {
        return controlPlane.kubectlWithInput(manifest, "apply", "-f", "-");
    }
}
