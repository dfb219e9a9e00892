package dev.portcullis.cli;

import picocli.CommandLine.Command;

/** {@code scan}. */
@Command(
        name = "scan",
        description = "Judge what runs.",
        mixinStandardHelpOptions = true,
        subcommands = {ScanClusterCommand.class, ScanDockerCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis scan docker"})
final class ScanCommand extends CommandGroup {}
