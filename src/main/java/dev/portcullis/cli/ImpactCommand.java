package dev.portcullis.cli;

import dev.portcullis.engine.EngineUnavailableException;
import dev.portcullis.engine.Inventory;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Recordings;
import dev.portcullis.impact.Affected;
import dev.portcullis.impact.Impact;
import dev.portcullis.impact.ImpactReport;
import dev.portcullis.impact.Replay;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import dev.portcullis.inspection.Premises;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.scan.ClusterScan;
import dev.portcullis.scan.DockerScan;
import dev.portcullis.scan.ScanException;
import dev.portcullis.workload.Subject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code impact}. */
@Command(
        name = "impact",
        description = {
            "Tell what a policy would change before it does: who is allowed and would be denied, denied and would be"
                    + " allowed, warned or patched anew.",
            "Tried on files, on what a cluster or a Docker engine runs, or on what was really asked."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis impact --policy stricter.yaml --cluster"})
final class ImpactCommand implements Callable<Integer> {
    enum Form {
        table,
        json,
        markdown
    }

    enum FailOnChange {
        deny,
        warn,
        nothing
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files and folders, as check takes them.")
    private List<String> paths = List.of();

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = "What is to be: its policies take the place of those of the same names.")
    private @Nullable Path candidate;

    @Option(
            names = "--current",
            paramLabel = "FILE|FOLDER",
            description = "The policies there are. Default: the cluster's with --cluster, else the built-in one.")
    private @Nullable Path current;

    @Option(names = "--cluster", description = "Try it on what runs in a cluster.")
    private boolean cluster;

    @Mixin
    private ClusterOptions which = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "The namespace of the cluster to look at. Default: all.")
    private @Nullable String namespace;

    @Option(
            names = "--history",
            paramLabel = "TIME",
            description = "Try it on what was asked in that time, such as 24h, by the history of a server that does not"
                    + " run, or in a PostgreSQL.")
    private @Nullable String history;

    @Mixin
    private HistoryOptions kept = new HistoryOptions();

    @Option(names = "--docker", description = "Try it on the containers of a Docker engine.")
    private boolean docker;

    @Option(
            names = "--engine",
            paramLabel = "unix://PATH",
            description = "The engine's socket. Default: " + UnixSocket.ENGINE)
    private String engine = UnixSocket.ENGINE;

    @Option(
            names = "--fail-on",
            paramLabel = "CHANGE",
            description = "Exit with 1 where anything would be denied that is not (deny), or warned of too (warn);"
                    + " nothing: never. Default: deny",
            defaultValue = "deny")
    private FailOnChange failOn = FailOnChange.deny;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, json or markdown. Default: table",
            defaultValue = "table")
    private Form output = Form.table;

    private final Impact impact = new Impact();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        long sources = Stream.of(cluster, history != null, docker, !paths.isEmpty())
                .filter(given -> given)
                .count();
        if (sources != 1) {
            throw new ParameterException(
                    command, "say what to try it on: files, --cluster, --history TIME or --docker, one of them");
        }
        PolicySet wanted = read(command, Objects.requireNonNull(candidate));
        PolicySet given = current == null ? null : read(command, current);
        PrintWriter err = command.getErr();
        int problems;
        try {
            problems = cluster ? ofCluster(wanted, given, err) : ofOthers(command, wanted, given, err);
        } catch (HistoryUnavailableException unusable) {
            err.println("portcullis: " + unusable.sentence());
            return ExitCode.INCOMPLETE;
        } catch (EngineUnavailableException unreachable) {
            err.println("portcullis: " + unreachable.getMessage());
            return ExitCode.INCOMPLETE;
        } catch (ScanException unusable) {
            err.println("portcullis: " + unusable.sentence());
            return ExitCode.INCOMPLETE;
        }
        print(command.getOut());
        return Math.max(problems, isFailure() ? ExitCode.VIOLATIONS : ExitCode.COMPLIANT);
    }

    private static PolicySet read(CommandLine command, Path fileOrFolder) {
        try {
            return PolicyFiles.read(fileOrFolder);
        } catch (PolicyException wrong) {
            throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private int ofOthers(CommandLine command, PolicySet wanted, @Nullable PolicySet given, PrintWriter err)
            throws HistoryUnavailableException, EngineUnavailableException {
        PolicySet before = given == null ? BuiltInPolicies.set(Mode.ENFORCE) : given;
        PolicySet after = before.replacedBy(wanted);
        if (history != null) {
            return ofHistory(before, after, since(command, history));
        }
        return docker ? ofEngine(command, before, after) : ofFiles(before, after, err);
    }

    private int ofCluster(PolicySet wanted, @Nullable PolicySet given, PrintWriter err) throws ScanException {
        boolean[] unusable = {false};
        try (ClusterScan scan = ClusterScan.of(which.kubeconfig(), which.context())) {
            PolicySet before = given == null
                    ? scan.policies(problem -> {
                        unusable[0] = true;
                        err.println("portcullis: not heeded: " + problem);
                    })
                    : given;
            scan.compare(
                    before,
                    before.replacedBy(wanted),
                    namespace,
                    (one, other) -> impact.add(owner(null, one.subject()), one, other));
        }
        return unusable[0] ? ExitCode.UNREADABLE : ExitCode.COMPLIANT;
    }

    private static Affected.Owner owner(@Nullable String place, Subject subject) {
        return new Affected.Owner(place, subject.kind(), subject.namespace(), subject.name());
    }

    private int ofHistory(PolicySet before, PolicySet after, Instant since) throws HistoryUnavailableException {
        Replay replay = new Replay(before, after, ClusterKnowledge.NONE, Instant.now());
        Recordings.each(kept.place(), since, recorded -> replay.add(recorded, impact));
        return ExitCode.COMPLIANT;
    }

    private static Instant since(CommandLine command, String time) {
        try {
            Duration duration = Duration.parse("PT" + time.toUpperCase(Locale.ROOT));
            if (duration.isPositive()) {
                return Instant.now().minus(duration);
            }
        } catch (DateTimeParseException | ArithmeticException _) {
            // told below
        }
        throw new ParameterException(command, "--history must be like 30m or 24h");
    }

    private int ofEngine(CommandLine command, PolicySet before, PolicySet after) throws EngineUnavailableException {
        Path socket = UnixSocket.path(command, "--engine", engine);
        Map<String, Inspection.Judged> known = new LinkedHashMap<>();
        scan(socket, before)
                .forEach(judged -> known.put(judged.report().subject().display(), judged));
        for (Inspection.Judged judged : scan(socket, after)) {
            // What came or went in between is no matter of policies.
            Inspection.Judged one = known.get(judged.report().subject().display());
            if (one != null) {
                impact.add(owner(null, judged.report().subject()), one.report(), judged.report());
            }
        }
        return ExitCode.COMPLIANT;
    }

    private static List<Inspection.Judged> scan(Path socket, PolicySet policies) throws EngineUnavailableException {
        List<Inspection.Judged> judged = new ArrayList<>();
        new DockerScan(new Inventory(socket), "engine", policies, false).run(false, inspection -> {
            if (inspection instanceof Inspection.Judged each
                    && !each.report().subject().kind().equals("Engine")) {
                judged.add(each);
            }
        });
        return judged;
    }

    private int ofFiles(PolicySet before, PolicySet after, PrintWriter err) {
        List<Inspection> ofBefore = inspect(before);
        List<Inspection> ofAfter = inspect(after);
        int problems = ExitCode.COMPLIANT;
        for (int i = 0; i < Math.min(ofBefore.size(), ofAfter.size()); i++) {
            if (ofBefore.get(i) instanceof Inspection.Judged one && ofAfter.get(i) instanceof Inspection.Judged other) {
                impact.add(owner(one.source(), one.report().subject()), one.report(), other.report());
            } else if (ofBefore.get(i) instanceof Inspection.Unreadable unreadable) {
                err.println("portcullis: " + unreadable.source() + ": " + unreadable.error());
                problems = ExitCode.UNREADABLE;
            }
        }
        return ofBefore.size() == ofAfter.size() ? problems : ExitCode.INCOMPLETE;
    }

    private List<Inspection> inspect(PolicySet policies) {
        List<Inspection> inspections = new ArrayList<>();
        ComposeFolders folders = new ComposeFolders(System.getenv(), List.of());
        ClusterKnowledge namespaces = policies.asksForNamespaces()
                ? NamespaceFiles.amongst(paths, ClusterKnowledge.NONE)
                : ClusterKnowledge.NONE;
        Premises premises = new Premises(ImageConfigs.read(List.of()), folders, namespaces, InstantSource.system());
        Inspector inspector = new Inspector(policies, null, false, premises);
        try (Inputs inputs =
                new Inputs(inspector, folders, System.in, inspections::add, policies.asksForNamespaces())) {
            paths.forEach(inputs::add);
        }
        return inspections;
    }

    private void print(PrintWriter out) {
        switch (output) {
            case table -> ImpactReport.table(impact, out);
            case json -> ImpactReport.json(impact, Output.JSON, out);
            case markdown -> ImpactReport.markdown(impact, out);
        }
        out.flush();
    }

    private boolean isFailure() {
        return switch (failOn) {
            case deny -> impact.any(affected -> affected.denied() > 0);
            case warn -> impact.any(affected -> affected.denied() + affected.warned() > 0);
            case nothing -> false;
        };
    }
}
