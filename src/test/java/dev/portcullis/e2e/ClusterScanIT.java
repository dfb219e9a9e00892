package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static dev.portcullis.e2e.LiveResources.HELD;
import static dev.portcullis.e2e.LiveResources.exemption;
import static dev.portcullis.e2e.LiveResources.policy;
import static dev.portcullis.e2e.Manifests.PRIVILEGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.cli.PortcullisCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** {@code scan cluster} of a real cluster. */
@ExtendWith(ControlPlaneExtension.class)
final class ClusterScanIT {
    private static final String PLACE = LiveResources.SHOP;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PRIVILEGED_ONLY = "profile: none, checks: {privileged: {mode: enforce}}";

    private static final JsonNode MISSING = MissingNode.getInstance();

    private static ControlPlane controlPlane;
    private static Path kubeconfig;

    @BeforeAll
    static void grant(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        GateAccess.grant(cluster, List.of(HELD, PLACE));
        kubeconfig = GateAccess.scanner(cluster);
        cluster.awaitDefaultAccount(PLACE);
    }

    // Others work in the same namespace, before and after.
    @BeforeEach
    @AfterEach
    void clean() {
        succeeds(controlPlane.kubectl("delete", "hp,hx", "--all", "-A"));
        succeeds(controlPlane.kubectl(
                "delete", "deploy,rs,cj,job,sts,pod", "--all", "-n", PLACE, "--now", "--timeout=50s"));
    }

    @Test
    void tellsOfOwnersInPlaceOfWhatTheyMade() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        create(Manifests.deployment("web", PRIVILEGED));
        create(Manifests.cronJob("nightly", PRIVILEGED));
        create(Manifests.statefulSet("store", PRIVILEGED));
        create(Manifests.pod("bare", PRIVILEGED));
        succeeds(controlPlane.kubectl("create", "job", "tonight", "--from=cronjob/nightly", "-n", PLACE));
        await().atMost(PATIENCE).until(() -> pods().containsAll(List.of("web", "tonight", "store")));

        assertThat(subjects(scan("--profile", "hardened", "-o", "json")))
                .containsOnlyKeys("Deployment web", "CronJob nightly", "StatefulSet store", "Pod bare");
    }

    @Test
    void tellsOfPodsThatViolateWhatTheirOwnerDoesNot() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        create(Manifests.deployment("web", "{privileged: false}"));
        await().atMost(PATIENCE).until(() -> pods().contains("web"));
        String pod = controlPlane
                .kubectl("get", "pods", "-n", PLACE, "-o", "jsonpath={.items[0].metadata.name}")
                .stdout();
        assertThat(subjects(scan("--profile", "hardened", "-o", "json"))).containsOnlyKeys("Deployment web");

        succeeds(controlPlane.kubectl(
                "debug", pod, "-n", PLACE, "--image=" + Manifests.IMAGE, "--profile=sysadmin", "--attach=false"));

        Map<String, JsonNode> drifted = subjects(scan("--profile", "hardened", "-o", "json"));
        assertThat(drifted).containsOnlyKeys("Deployment web", "Pod " + pod);
        assertThat(drifted.getOrDefault("Pod " + pod, MISSING).toString()).contains("spec.ephemeralContainers[0]");
    }

    @Test
    void tellsOfWhatNamesAnOwnerThatIsNotThere() {
        String owner = LiveResources.owner("nobody", "7f0f2c1e-0000-4000-8000-000000000000");
        // Garbage is collected, but not before this lets it go.
        create(LiveResources.podJson("lost", true, false, owner + ", \"finalizers\": [\"portcullis.dev/held\"]"));
        try {
            assertThat(subjects(scan("--profile", "baseline", "-o", "json"))).containsOnlyKeys("Pod lost");
        } finally {
            succeeds(controlPlane.kubectl(
                    "patch",
                    "pod",
                    "lost",
                    "-n",
                    PLACE,
                    "--type=json",
                    "-p",
                    "[{\"op\": \"remove\", \"path\": \"/metadata/finalizers\"}]"));
        }
    }

    @Test
    void judgesByThePoliciesAndExemptionsOfTheCluster() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        succeeds(apply(policy("web", "exemptionNamespaces: [" + HELD + "], " + PRIVILEGED_ONLY)));
        succeeds(apply(exemption("web", "Deployment", "web", "[privileged]", "2099-01-01T00:00:00Z")));
        create(Manifests.deployment("web", PRIVILEGED));
        create(Manifests.pod("bare", PRIVILEGED));
        await().atMost(PATIENCE).until(() -> pods().contains("web"));

        CommandResult scan = scan("-o", "json");

        assertThat(scan.exitCode()).isEqualTo(1);
        Map<String, JsonNode> subjects = subjects(scan);
        assertThat(subjects).containsOnlyKeys("Deployment web", "Pod bare");
        assertThat(subjects.getOrDefault("Deployment web", MISSING)
                        .path("decision")
                        .asString())
                .isEqualTo("allow");
        assertThat(subjects.getOrDefault("Pod bare", MISSING).path("decision").asString())
                .isEqualTo("deny");
        JsonNode finding =
                subjects.getOrDefault("Pod bare", MISSING).path("findings").path(0);
        assertThat(finding.path("field").asString()).isEqualTo("spec.containers[0].securityContext.privileged");
        assertThat(finding.path("policy").asString()).isEqualTo("web");
    }

    @Test
    void saysWhichPoliciesItCannotHeed() {
        succeeds(apply(policy("broken", "profile: none, checks: {no-such-check: {}}")));

        CommandResult scan = scan();

        assertThat(scan.exitCode()).isEqualTo(2);
        assertThat(scan.stderr()).contains("not heeded: HardeningPolicy broken", "no-such-check");
    }

    @Test
    void endsWith3WhereItMayNotLook() throws Exception {
        succeeds(controlPlane.kubectl("create", "serviceaccount", "blind", "-n", "portcullis"));
        try {
            CommandResult scan = scanBy(GateAccess.kubeconfig(controlPlane, "blind"), "--profile", "hardened");
            assertThat(scan.exitCode()).isEqualTo(3);
            assertThat(scan.stderr()).contains("deployments cannot be listed: it is forbidden");
        } finally {
            succeeds(controlPlane.kubectl("delete", "serviceaccount", "blind", "-n", "portcullis"));
        }
    }

    private static CommandResult scan(String... options) {
        return scanBy(kubeconfig, options);
    }

    private static CommandResult scanBy(Path by, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("scan", "cluster", "--kubeconfig", by.toString(), "--namespace", PLACE));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new CommandResult(code, out.toString(), err.toString());
    }

    private static Map<String, JsonNode> subjects(CommandResult scan) {
        return JsonMapper.shared()
                .readTree(scan.stdout())
                .path("results")
                .valueStream()
                .collect(Collectors.toMap(
                        result -> result.path("subject").path("kind").asString() + " "
                                + result.path("subject").path("name").asString(),
                        result -> result));
    }

    /** The names of pods without what generates them. */
    private static List<String> pods() {
        return controlPlane
                .kubectl("get", "pods", "-n", PLACE, "-o", "jsonpath={.items[*].metadata.name}")
                .stdout()
                .lines()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .map(name -> name.split("-", 2)[0])
                .toList();
    }

    private static void create(String manifest) {
        succeeds(controlPlane.kubectlWithInput(manifest, "create", "-n", PLACE, "-f", "-"));
    }

    private static CommandResult apply(String manifest) {
        return controlPlane.kubectlWithInput(manifest, "apply", "-f", "-");
    }
}
