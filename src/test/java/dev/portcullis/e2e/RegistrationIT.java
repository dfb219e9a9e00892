package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static dev.portcullis.e2e.LiveResources.podJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.cli.PortcullisCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gate that registers itself, with no more rights than its role gives it. */
@ExtendWith(ControlPlaneExtension.class)
final class RegistrationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> KINDS = List.of("validatingwebhookconfiguration", "mutatingwebhookconfiguration");
    private static final String SHOP = "registered-shop";
    private static final String PRIVILEGED = podJson("p", true, false, "");

    private static ControlPlane controlPlane;
    private static Path gates;
    private static Path admins;

    @BeforeAll
    static void grant(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        gates = GateAccess.grant(cluster, List.of(SHOP));
        admins = Files.writeString(
                Files.createTempFile("portcullis", ".kubeconfig"),
                cluster.kubectl("config", "view", "--raw").stdout());
    }

    @BeforeEach
    @AfterEach
    void openTheGate() {
        KINDS.forEach(kind -> controlPlane.kubectl("delete", kind, "portcullis", "--ignore-not-found"));
        controlPlane.kubectl("delete", "lease", "--all", "-n", "portcullis");
        controlPlane.kubectl("delete", "hp", "--all");
    }

    @Test
    void registersWhatItsPoliciesLookAtAndPutsBackWhatSomebodyEdits() throws Exception {
        try (PortcullisProcess gate = start();
                Reviews reviews = new Reviews(gate)) {
            awaitDenied();
            JsonNode validating = configuration("validatingwebhookconfiguration");
            assertThat(validating.path("rules").toString())
                    .contains("deployments", "pods/exec", "pods/ephemeralcontainers");
            assertThat(validating.path("failurePolicy").stringValue("")).isEqualTo("Fail");
            assertThat(validating.path("timeoutSeconds").intValue()).isEqualTo(5);
            assertThat(validating.path("namespaceSelector").toString()).contains("kube-system");
            JsonNode mutating = configuration("mutatingwebhookconfiguration");
            assertThat(mutating.path("failurePolicy").stringValue("")).isEqualTo("Ignore");
            assertThat(mutating.path("timeoutSeconds").intValue()).isEqualTo(2);
            assertThat(reviews.metric("portcullis_webhook_repairs_total")).isZero();

            succeeds(controlPlane.kubectl(
                    "patch",
                    "validatingwebhookconfiguration",
                    "portcullis",
                    "--type=json",
                    "-p",
                    "[{\"op\": \"add\", \"path\": \"/webhooks/0/matchConditions\", \"value\":"
                            + " [{\"name\": \"never\", \"expression\": \"false\"}]}]"));
            await().atMost(PATIENCE).until(() -> reviews.metric("portcullis_webhook_repairs_total") == 1);
            assertThat(configuration("validatingwebhookconfiguration")).isEqualTo(validating);

            succeeds(controlPlane.kubectl("delete", "validatingwebhookconfiguration", "portcullis"));
            await().atMost(PATIENCE).until(() -> isRegistered("validatingwebhookconfiguration"));
            awaitDenied();
            assertThat(Files.readString(gate.log())).contains("was deleted or edited, and has been put back");

            succeeds(controlPlane.kubectlWithInput(
                    LiveResources.policy("pods", "profile: baseline, mode: warn, match: {kinds: [Pod]}"),
                    "apply",
                    "-f",
                    "-"));
            await().atMost(PATIENCE)
                    .until(() -> !configuration("validatingwebhookconfiguration")
                            .path("rules")
                            .toString()
                            .contains("deployments"));
            assertThat(configuration("validatingwebhookconfiguration")
                            .path("rules")
                            .toString())
                    .contains("pods/exec", "pods/ephemeralcontainers");
            assertThat(reviews.metric("portcullis_webhook_repairs_total")).isEqualTo(2);
            assertThat(reviews.metric("portcullis_webhook_registered")).isEqualTo(1);
        }
    }

    @Test
    void staysReleasedUntilTheHoldEndsAndIsReleasedWhileNoGateRuns() throws Exception {
        try (PortcullisProcess gate = start();
                Reviews reviews = new Reviews(gate)) {
            awaitDenied();
            CommandResult released = command("release", "--for", "10m");
            assertThat(released.exitCode()).as(released.toString()).isZero();
            assertThat(released.stdout())
                    .contains("Deleted ValidatingWebhookConfiguration and MutatingWebhookConfiguration portcullis.")
                    .contains("Nothing is checked until")
                    .contains("To end it now: portcullis install -n portcullis");
            await().atMost(PATIENCE).until(() -> reviews.metric("portcullis_webhook_registered") == 0);
            // More than two looks of the gate.
            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(12))
                    .until(() -> KINDS.stream().noneMatch(RegistrationIT::isRegistered));
            assertThat(create().exitCode()).isZero();
            assertThat(controlPlane
                            .kubectl("get", "lease", "portcullis-hold", "-n", "portcullis")
                            .stdout())
                    .contains("portcullis-release-of-");

            CommandResult installed = command("install");
            assertThat(installed.exitCode()).as(installed.toString()).isZero();
            assertThat(installed.stdout()).contains("is registered as portcullis");
            awaitDenied();

            CommandResult refused = command("uninstall");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.stderr()).contains("stop it first");
        }
        CommandResult elsewhere = command("release", "--context", "nowhere");
        assertThat(elsewhere.exitCode()).isEqualTo(2);
        assertThat(elsewhere.stderr()).contains("it has no context nowhere, but ");
        assertThat(KINDS).allMatch(RegistrationIT::isRegistered);
        assertThat(command("release").stdout()).contains("Deleted ValidatingWebhookConfiguration");
        // A gate that ended lets go for a second.
        await().atMost(PATIENCE).until(() -> command("install").stderr().contains("no gate runs in namespace"));
        CommandResult none = command("install");
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.stderr()).contains("no gate runs in namespace portcullis");
        assertThat(command("uninstall").stdout()).contains("There was no webhook configuration portcullis to delete.");
        assertThat(controlPlane
                        .kubectl("get", "lease", "-n", "portcullis", "-o", "name")
                        .stdout())
                .doesNotContain("hold");
    }

    private static PortcullisProcess start(String... flags) {
        List<String> all =
                new ArrayList<>(List.of("--kubeconfig", gates.toString(), "--portcullis.namespace=portcullis"));
        all.addAll(List.of(flags));
        return PortcullisProcess.startRegistered(controlPlane, all.toArray(String[]::new));
    }

    private static void awaitDenied() {
        await().atMost(PATIENCE).until(() -> create().stderr().contains("denied the request"));
    }

    private static CommandResult create() {
        return controlPlane.kubectlWithInput(PRIVILEGED, "create", "--dry-run=server", "-n", SHOP, "-f", "-");
    }

    private static boolean isRegistered(String kind) {
        return controlPlane.kubectl("get", kind, "portcullis").exitCode() == 0;
    }

    private static JsonNode configuration(String kind) {
        return JsonMapper.shared()
                .readTree(controlPlane
                        .kubectl("get", kind, "portcullis", "-o", "jsonpath={.webhooks[0]}")
                        .stdout());
    }

    private static CommandResult command(String... arguments) {
        CommandLine commands = PortcullisCommand.commandLine(
                (_, _, _, _, _) -> {
                    throw new IllegalStateException();
                },
                (_, _, _, _) -> {
                    throw new IllegalStateException();
                });
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", admins.toString()));
        int code = commands.execute(all.toArray(String[]::new));
        return new CommandResult(code, out.toString(), err.toString());
    }
}
