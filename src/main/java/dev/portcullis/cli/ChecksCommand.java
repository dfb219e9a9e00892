package dev.portcullis.cli;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.policy.Profile;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code checks}. */
@Command(
        name = "checks",
        description = "List every check: its id, severity, the mildest profile that asks it, and what it asks.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis explain no-new-privileges"})
final class ChecksCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        row(out, "CHECK", "SEVERITY", "PROFILE", "ASKS");
        for (Check check : Catalogue.all()) {
            CheckInfo info = check.info();
            row(out, info.id(), info.severity().id(), mildest(info).id(), info.title());
        }
        out.flush();
        return ExitCode.COMPLIANT;
    }

    /** The mildest profile that asks a check. */
    static Profile mildest(CheckInfo check) {
        return List.of(Profile.BASELINE, Profile.RESTRICTED, Profile.HARDENED).stream()
                .filter(profile -> profile.holds(check, KubernetesVersion.LATEST))
                .findFirst()
                .orElse(Profile.NONE);
    }

    /** Every profile that asks a check, the mildest first. */
    static String profiles(CheckInfo check) {
        return Arrays.stream(Profile.values())
                .filter(profile -> profile.holds(check, KubernetesVersion.LATEST))
                .map(Profile::id)
                .collect(Collectors.joining(", "));
    }

    private static void row(PrintWriter out, String id, String severity, String profile, String title) {
        out.println(String.format("%-26s  %-8s  %-10s  %s", id, severity, profile, title));
    }
}
