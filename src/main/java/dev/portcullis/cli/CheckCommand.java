package dev.portcullis.cli;

import dev.portcullis.docker.KnownImages;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import dev.portcullis.inspection.Premises;
import dev.portcullis.inspection.ReportWriter;
import dev.portcullis.inspection.Tally;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}. */
@Command(
        name = "check",
        description =
                "Judge manifests, compose files, Dockerfiles, container-create bodies and what docker inspect prints of containers and images: files, folders, or - for standard input.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis check --profile restricted deployment.yaml"})
final class CheckCommand implements Callable<Integer> {
    enum FailOn {
        enforce(Mode.ENFORCE),
        warn(Mode.WARN),
        audit(Mode.AUDIT);

        private final Mode mode;

        FailOn(Mode mode) {
            this.mode = mode;
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A file, a folder (Dockerfile, yaml, yml, json below it), or -.")
    private List<String> paths = List.of();

    @Option(names = "--policy", paramLabel = "FILE|FOLDER", description = "HardeningPolicy files to judge by.")
    private @Nullable Path policy;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Judge by one profile alone: baseline, restricted or hardened.")
    private @Nullable String profile;

    @Option(
            names = "--profile-version",
            paramLabel = "V",
            description = "The profile's version, v1.0 to v1.36 or latest. Default: v1.36")
    private @Nullable String profileVersion;

    @Option(
            names = "--image-config",
            paramLabel = "[REFERENCE=]FILE",
            description = "What docker inspect prints of images, so that checks know their users, volumes and health"
                    + " checks; an OCI image configuration needs the reference. Once for each file.")
    private List<String> imageConfigs = List.of();

    @Option(
            names = "--namespace-labels",
            paramLabel = "FILE",
            description = "Namespaces whose labels policies ask for, as kubectl get ns -o yaml prints them; those among"
                    + " what is checked count before them.")
    private @Nullable Path namespaceLabels;

    @Option(
            names = "--fail-on",
            paramLabel = "MODE",
            description = "Exit with 1 from this mode on: enforce, warn or audit. Default: enforce",
            defaultValue = "enforce")
    private FailOn failOn = FailOn.enforce;

    @Option(
            names = "--compose-override",
            paramLabel = "FILE",
            description =
                    "A compose file to merge over the one that is checked, as docker compose -f does. Repeatable.")
    private List<String> overrides = List.of();

    @Option(names = "--all", description = "List passes too.")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, json, yaml, sarif, junit, markdown or github. Default: table",
            defaultValue = "table")
    private Output output = Output.table;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        ComposeFolders folders = new ComposeFolders(System.getenv(), overrides);
        PolicySet judging = policies(command);
        Premises premises =
                new Premises(images(command), folders, namespaces(command, judging), InstantSource.system());
        Inspector inspector = new Inspector(judging, null, all || output.wantsPasses(), premises);
        ReportWriter report = output.to(command.getOut(), all, failOn.mode);
        Counter counter = new Counter(report);
        try (Inputs inputs = new Inputs(inspector, folders, standardInput(), counter, judging.asksForNamespaces())) {
            paths.forEach(inputs::add);
            report.end(counter.tally);
            command.getOut().flush();
            return exitCode(counter.tally, inputs.vanished());
        }
    }

    /** Hands inspections on and counts them. */
    private static final class Counter implements Consumer<Inspection> {
        private final ReportWriter report;
        private Tally tally = Tally.NONE;

        Counter(ReportWriter report) {
            this.report = report;
        }

        @Override
        public void accept(Inspection inspection) {
            report.add(inspection);
            tally = tally.plus(inspection);
        }
    }

    private static InputStream standardInput() {
        return System.in;
    }

    private ClusterKnowledge namespaces(CommandLine command, PolicySet judging) {
        try {
            ClusterKnowledge named =
                    namespaceLabels == null ? ClusterKnowledge.NONE : NamespaceFiles.read(namespaceLabels);
            return judging.asksForNamespaces() ? NamespaceFiles.amongst(paths, named) : named;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command, "--namespace-labels " + wrong.getMessage(), wrong);
        }
    }

    private KnownImages images(CommandLine command) {
        try {
            return ImageConfigs.read(imageConfigs);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private PolicySet policies(CommandLine command) {
        if (profile == null && profileVersion != null) {
            throw new ParameterException(command, "--profile-version needs --profile: add --profile restricted");
        }
        if (profile != null && policy != null) {
            throw new ParameterException(command, "give --profile or --policy, not both");
        }
        try {
            if (profile != null) {
                return PolicySet.alone(profile, profileVersion);
            }
            return policy == null ? BuiltInPolicies.set(Mode.ENFORCE) : PolicyFiles.read(policy);
        } catch (IllegalArgumentException | PolicyException wrong) {
            throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private int exitCode(Tally tally, boolean vanished) {
        if (vanished) {
            return ExitCode.INCOMPLETE;
        }
        if (tally.errors() > 0) {
            return ExitCode.UNREADABLE;
        }
        int violations = tally.enforce()
                + (failOn.mode.atLeast(Mode.ENFORCE) ? 0 : tally.warn())
                + (failOn.mode.atLeast(Mode.WARN) ? 0 : tally.audit());
        return violations > 0 ? ExitCode.VIOLATIONS : ExitCode.COMPLIANT;
    }
}
