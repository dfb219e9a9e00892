package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static dev.portcullis.e2e.LiveResources.HELD;
import static dev.portcullis.e2e.LiveResources.exemption;
import static dev.portcullis.e2e.LiveResources.policy;
import static dev.portcullis.e2e.Manifests.GOOD;
import static dev.portcullis.e2e.Manifests.PRIVILEGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What the console tells of a real cluster, and what it finds when a policy is tried on it. */
@ExtendWith(ControlPlaneExtension.class)
final class ConsoleApiIT {
    private static final String PLACE = LiveResources.SHOP;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MILD =
            "exemptionNamespaces: [" + HELD + "], profile: none, checks: {privileged: {mode: warn}}";

    private static ControlPlane controlPlane;
    private static Path kubeconfig;

    @BeforeAll
    static void grant(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        kubeconfig = GateAccess.grant(cluster, List.of(HELD, PLACE));
        GateAccess.grantScan(cluster);
        cluster.awaitDefaultAccount(PLACE);
    }

    // Others work in the same namespace, before and after.
    @BeforeEach
    @AfterEach
    void clean() {
        succeeds(controlPlane.kubectl("delete", "hp,hx", "--all", "-A"));
        succeeds(controlPlane.kubectl("delete", "deploy,rs,pod", "--all", "-n", PLACE, "--now", "--timeout=50s"));
        succeeds(controlPlane.kubectl(
                "delete", "lease", "portcullis-console", "-n", "portcullis", "--ignore-not-found"));
    }

    private static void apply(String manifest) {
        succeeds(controlPlane.kubectlWithInput(manifest, "apply", "-f", "-"));
    }

    @Test
    void tellsWhatRunsAndWhatAPolicyWouldChange() {
        apply(policy("only", MILD));
        apply(exemption("web", "Deployment", "web", "[privileged]", "2099-01-01T00:00:00Z"));
        succeeds(controlPlane.kubectlWithInput(
                Manifests.deployment("web", PRIVILEGED), "create", "-n", PLACE, "-f", "-"));
        succeeds(controlPlane.kubectlWithInput(
                Manifests.deployment("api", PRIVILEGED), "create", "-n", PLACE, "-f", "-"));
        succeeds(controlPlane.kubectlWithInput(Manifests.pod("bare", GOOD), "create", "-n", PLACE, "-f", "-"));
        try (PortcullisProcess portcullis = PortcullisProcess.start(
                "localhost",
                "--kubeconfig",
                kubeconfig.toString(),
                "--portcullis.namespace=portcullis",
                "--portcullis.scan.enabled=true")) {
            await().atMost(PATIENCE)
                    .until(() -> portcullis
                                    .console("/api/v1/workloads?namespace=" + PLACE, null)
                                    .path("workloads")
                                    .size()
                            == 3);

            tellsOneWorkload(portcullis);
            tellsWhatIsDecidedBy(portcullis);
            triesAPolicy(portcullis);
        }
    }

    private static void tellsOneWorkload(PortcullisProcess portcullis) {
        JsonNode api = portcullis
                .console("/api/v1/workload?kind=Deployment&name=api&namespace=" + PLACE, null)
                .at("/workload/findings/0");
        assertThat(api.path("check").stringValue()).isEqualTo("privileged");
        assertThat(api.path("value").booleanValue()).isTrue();
        assertThat(api.path("message").stringValue()).contains("set it to false");
        JsonNode results = portcullis.console("/api/v1/results?namespace=" + PLACE, null);
        assertThat(ofMember(results.path("results"), "name")).containsExactly("api");
        JsonNode exempt = portcullis.console("/api/v1/results?exempt=true&namespace=" + PLACE, null);
        assertThat(ofMember(exempt.path("results"), "name")).containsExactly("web");
    }

    private static void tellsWhatIsDecidedBy(PortcullisProcess portcullis) {
        JsonNode policies = portcullis.console("/api/v1/policies", null).path("policies");
        assertThat(ofMember(policies, "name")).containsExactly("only");
        assertThat(ofMember(policies, "source")).containsExactly("cluster");
        JsonNode leave = portcullis
                .console("/api/v1/exemptions", null)
                .path("exemptions")
                .get(0);
        assertThat(leave.path("counts").booleanValue()).isTrue();
        assertThat(leave.path("workloads").intValue()).isEqualTo(1);

        apply(policy("broken", "profile: none, checks: {privilegd: {mode: warn}}"));
        await().atMost(PATIENCE)
                .until(() -> ofMember(
                                portcullis.console("/api/v1/policies", null).path("policies"), "status")
                        .contains("unusable"));
        succeeds(controlPlane.kubectl("delete", "hp", "broken"));
    }

    private static void triesAPolicy(PortcullisProcess portcullis) {
        String stricter = policy("only", MILD.replace("warn", "enforce"));
        String id = portcullis
                .console("/api/v1/impact?source=workloads&namespace=" + PLACE, stricter)
                .path("id")
                .asString("");
        String job = "/api/v1/impact?id=" + id;
        await().atMost(PATIENCE)
                .until(() -> !portcullis
                        .console(job, null)
                        .path("state")
                        .asString("")
                        .equals("running"));
        JsonNode done = portcullis.console(job, null);

        assertThat(done.path("problem").isNull()).as(done.toString()).isTrue();
        assertThat(done.at("/impact/summary/judged").intValue()).isEqualTo(3);
        assertThat(done.at("/impact/summary/denied").intValue()).isEqualTo(1);
        assertThat(ofMember(done.at("/impact/owners"), "name")).containsExactly("api");
    }

    private static List<String> ofMember(JsonNode list, String member) {
        return list.valueStream().map(each -> each.path(member).asString("")).toList();
    }
}
