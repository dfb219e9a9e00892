package dev.portcullis.cli;

import dev.portcullis.seccomp.Comparison;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code profile seccomp diff}. */
@Command(
        name = "diff",
        description =
                "Tell what two seccomp profiles treat differently, call by call: + where the second lets through what"
                        + " the first does not, - where the first does, ~ where each does.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis profile seccomp diff default profile.json"})
final class SeccompDiffCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A profile, or default for the runtime's.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Another one.")
    private String second = "";

    @Mixin
    private SeccompHosts hosts = new SeccompHosts();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        List<Comparison.Difference> differences =
                hosts.compared(SeccompFiles.read(command, "FILE", second), SeccompFiles.read(command, "FILE", first));
        PrintWriter out = command.getOut();
        for (Comparison.Difference difference : differences) {
            String sign = difference.looser() && difference.stricter() ? "~" : difference.looser() ? "+" : "-";
            out.println(sign + " " + difference.name() + ": " + difference.other() + " -> " + difference.one());
        }
        if (differences.isEmpty()) {
            out.println("They let the same through.");
        }
        out.flush();
        return ExitCode.COMPLIANT;
    }
}
