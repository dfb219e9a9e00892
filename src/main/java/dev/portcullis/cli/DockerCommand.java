package dev.portcullis.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code docker}. */
@Command(
        name = "docker",
        description = "Gate a Docker engine.",
        mixinStandardHelpOptions = true,
        subcommands = DockerSetupCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis docker setup"})
final class DockerCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine commands = Objects.requireNonNull(spec).commandLine();
        commands.usage(commands.getOut());
    }
}
