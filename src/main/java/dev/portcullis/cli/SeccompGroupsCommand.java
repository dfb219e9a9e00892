package dev.portcullis.cli;

import dev.portcullis.seccomp.SyscallGroups;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code profile seccomp groups}. */
@Command(
        name = "groups",
        description = "List the groups of system calls that --allow and --deny take.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis profile seccomp groups"})
final class SeccompGroupsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        SyscallGroups.all().forEach((name, calls) -> out.println(name + ": " + String.join(", ", calls)));
        out.flush();
        return ExitCode.COMPLIANT;
    }
}
