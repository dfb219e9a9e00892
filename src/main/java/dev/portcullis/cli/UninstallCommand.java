package dev.portcullis.cli;

import dev.portcullis.registration.SwitchException;
import dev.portcullis.registration.WebhookSwitch;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code uninstall}. */
@Command(
        name = "uninstall",
        description = "Delete the webhook configurations of gates that have been stopped.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis uninstall"})
final class UninstallCommand extends SwitchCommand {
    @Override
    int run(WebhookSwitch gate, PrintWriter out) throws SwitchException {
        String leader = gate.leader(Instant.now());
        if (leader != null) {
            tell("gate " + leader + " runs, and would register again: stop it first, or open the gate with"
                    + " portcullis release");
            return ExitCode.INCOMPLETE;
        }
        List<String> deleted = gate.remove();
        out.println(deleted(deleted));
        return ExitCode.COMPLIANT;
    }
}
