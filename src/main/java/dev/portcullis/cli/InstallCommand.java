package dev.portcullis.cli;

import dev.portcullis.registration.SwitchException;
import dev.portcullis.registration.WebhookSwitch;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;

/** {@code install}. */
@Command(
        name = "install",
        description = "Shut the gate: end what release began, and wait until the gate that leads has registered.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis install --context production"})
final class InstallCommand extends SwitchCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Override
    int run(WebhookSwitch gate, PrintWriter out) throws SwitchException, InterruptedException {
        Instant now = Instant.now();
        if (gate.heldUntil(now) != null) {
            gate.shut();
            out.println("The gate is no longer held open.");
            out.flush();
        }
        Instant end = now.plus(PATIENCE);
        String leader = gate.leader(now);
        while (leader != null && !gate.isRegistered()) {
            if (Instant.now().isAfter(end)) {
                tell("gate " + leader + " has not registered within " + PATIENCE.toSeconds()
                        + " s: its log and /readyz say why");
                return ExitCode.INCOMPLETE;
            }
            Thread.sleep(PAUSE);
            leader = gate.leader(Instant.now());
        }
        if (leader == null) {
            tell("no gate runs in namespace " + gate.gatesIn() + ", so none registers: install one with the chart, or"
                    + " run portcullis serve --kubeconfig FILE --webhook-url URL; -n names another namespace");
            return ExitCode.INCOMPLETE;
        }
        out.println("Gate " + leader + " is registered as " + name() + ".");
        return ExitCode.COMPLIANT;
    }
}
