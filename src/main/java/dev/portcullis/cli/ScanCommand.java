package dev.portcullis.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code scan}. */
@Command(
        name = "scan",
        description = "Judge what runs.",
        mixinStandardHelpOptions = true,
        subcommands = ScanDockerCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis scan docker"})
final class ScanCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine commands = Objects.requireNonNull(spec).commandLine();
        commands.usage(commands.getOut());
    }
}
