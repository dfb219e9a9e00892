package dev.portcullis.cli;

import picocli.CommandLine.Command;

/** {@code history}. */
@Command(
        name = "history",
        description = "Look after the history of decisions.",
        mixinStandardHelpOptions = true,
        subcommands = HistoryVerifyCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis history verify"})
final class HistoryCommand extends CommandGroup {}
