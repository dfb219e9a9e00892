package dev.portcullis.cli;

import picocli.CommandLine.Command;

/** {@code docker}. */
@Command(
        name = "docker",
        description = "Gate a Docker engine.",
        mixinStandardHelpOptions = true,
        subcommands = DockerSetupCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis docker setup"})
final class DockerCommand extends CommandGroup {}
