package dev.portcullis.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy}. */
@Command(
        name = "policy",
        description = "Look at policies, or make some.",
        mixinStandardHelpOptions = true,
        subcommands = {LintCommand.class, NamespaceLabelsCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis policy lint policy.yaml"})
final class PolicyCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine commands = Objects.requireNonNull(spec).commandLine();
        commands.usage(commands.getOut());
    }
}
