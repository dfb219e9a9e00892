package dev.portcullis.cli;

import dev.portcullis.seccomp.Comparison;
import dev.portcullis.seccomp.RuntimeDefault;
import dev.portcullis.seccomp.SeccompProfile;
import dev.portcullis.seccomp.SyscallGroups;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code profile seccomp explain}. */
@Command(
        name = "explain",
        description =
                "Tell what a seccomp profile lets through that the runtime's default does not, and the other way round.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis profile seccomp explain profile.json"})
final class SeccompExplainCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The profile; - for standard input.")
    private String file = "";

    @Mixin
    private SeccompHosts hosts = new SeccompHosts();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        SeccompProfile profile = SeccompFiles.read(command, "FILE", file);
        List<Comparison.Difference> differences = hosts.compared(profile, RuntimeDefault.profile());
        PrintWriter out = command.getOut();
        out.println("Compared with " + RuntimeDefault.VERSION + ", for a container with the usual capabilities on "
                + String.join(" and ", hosts.architectures()) + ":");
        out.println("What no rule names " + profile.defaultAction().words() + ".");
        List<Comparison.Difference> beyond =
                differences.stream().filter(Comparison.Difference::looser).toList();
        out.println();
        out.println(
                beyond.isEmpty()
                        ? "It lets nothing through that the default does not."
                        : "It lets through what the default does not (" + beyond.size() + "):");
        for (Comparison.Difference difference : beyond) {
            out.println("  " + difference.name() + group(difference.name()) + ": " + difference.one() + ", by default "
                    + difference.other());
        }
        List<String> below = differences.stream()
                .filter(difference -> difference.stricter() && !difference.looser())
                .map(Comparison.Difference::name)
                .toList();
        out.println();
        out.println(
                below.isEmpty()
                        ? "It forbids nothing that the default allows."
                        : "It forbids, wholly or in part, what the default allows (" + below.size() + "):");
        if (!below.isEmpty()) {
            out.println("  " + String.join(", ", below));
        }
        out.flush();
        return ExitCode.COMPLIANT;
    }

    private static String group(String name) {
        String groups = SyscallGroups.all().entrySet().stream()
                .filter(group -> group.getValue().contains(name))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return groups.isEmpty() ? "" : " (" + groups + ")";
    }
}
