package dev.portcullis.cli;

import picocli.CommandLine.Command;

/** {@code policy}. */
@Command(
        name = "policy",
        description = "Look at policies, or make some.",
        mixinStandardHelpOptions = true,
        subcommands = {LintCommand.class, NamespaceLabelsCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis policy lint policy.yaml"})
final class PolicyCommand extends CommandGroup {}
