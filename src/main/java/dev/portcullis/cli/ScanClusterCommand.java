package dev.portcullis.cli;

import dev.portcullis.policy.PolicySet;
import dev.portcullis.scan.ClusterScan;
import dev.portcullis.scan.ScanException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scan cluster}. */
@Command(
        name = "cluster",
        description =
                "Judge what runs in a cluster, as the gate would judge it if it were made now: controllers of pods,"
                        + " and pods that no controller made or that differ from what it would make.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis scan cluster --namespace shop"})
final class ScanClusterCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "The namespace to look at. Default: all.")
    private @Nullable String namespace;

    @Mixin
    private PolicyOptions by = new PolicyOptions();

    @Option(
            names = "--fail-on",
            paramLabel = "MODE",
            description = "Exit with 1 from this mode on: enforce, warn or audit. Default: enforce",
            defaultValue = "enforce")
    private FailOn failOn = FailOn.enforce;

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
        output.requireNoRepository(command);
        PolicySet given = by.isGiven() ? by.policies(command) : null;
        try (ClusterScan scan = ClusterScan.of(cluster.kubeconfig(), cluster.context())) {
            return run(scan, given, command);
        } catch (ScanException unusable) {
            throw new ParameterException(command, unusable.sentence(), unusable);
        }
    }

    private int run(ClusterScan scan, @Nullable PolicySet given, CommandLine command) {
        PrintWriter err = command.getErr();
        Counted counted = new Counted(output.to(command.getOut(), all, failOn.mode()));
        Unusable unusable = new Unusable(err);
        boolean complete = true;
        try {
            PolicySet judging = given == null ? scan.policies(unusable::tell) : given;
            scan.run(judging, namespace, all || output.wantsPasses(), counted);
        } catch (ScanException incomplete) {
            err.println("portcullis: " + incomplete.sentence() + " of " + scan.address());
            complete = false;
        }
        counted.end();
        command.getOut().flush();
        return Math.max(counted.exitCode(failOn, complete), unusable.any ? ExitCode.UNREADABLE : 0);
    }

    /** Policies that do not count. */
    private static final class Unusable {
        private final PrintWriter err;
        private boolean any;

        Unusable(PrintWriter err) {
            this.err = err;
        }

        void tell(String problem) {
            any = true;
            err.println("portcullis: not heeded: " + problem);
        }
    }
}
