package dev.portcullis.cli;

import dev.portcullis.engine.EngineUnavailableException;
import dev.portcullis.engine.Inventory;
import dev.portcullis.inspection.ReportWriter;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.scan.DockerScan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scan docker}. */
@Command(
        name = "docker",
        description = "Judge the containers of a Docker engine and the engine's own settings, through its API.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis scan docker --profile hardened"})
final class ScanDockerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--engine",
            paramLabel = "unix://PATH",
            description = "The engine's socket. Default: " + UnixSocket.ENGINE)
    private String address = UnixSocket.ENGINE;

    @Mixin
    private PolicyOptions by = new PolicyOptions();

    @Option(names = "--stopped", description = "Judge containers that do not run, too.")
    private boolean stopped;

    @Option(names = "--full-ids", description = "Do not shorten identifiers of containers, images and volumes.")
    private boolean fullIds;

    @Option(
            names = "--fail-on",
            paramLabel = "MODE",
            description = "Exit with 1 from this mode on: enforce, warn or audit. What is found of the engine itself"
                    + " is warned of. Default: enforce",
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
        Path socket = UnixSocket.path(command, "--engine", address);
        PolicySet judging = by.policies(command);
        DockerScan scan = new DockerScan(new Inventory(socket), address, judging, all || output.wantsPasses());
        PrintWriter out = fullIds ? command.getOut() : new PrintWriter(new ShortIds(command.getOut()));
        ReportWriter report = output.to(out, all, failOn.mode());
        Counted counted = new Counted(report);
        boolean complete = run(scan, counted, command.getErr());
        report.compare(scan.comparison());
        counted.end();
        out.flush();
        return counted.exitCode(failOn, complete);
    }

    private boolean run(DockerScan scan, Counted counted, PrintWriter err) {
        PrintWriter told = fullIds ? err : new PrintWriter(new ShortIds(err), true);
        try {
            int left = scan.run(stopped, counted);
            if (left > 0) {
                told.println("portcullis: " + left + " more containers were not judged: " + DockerScan.MOST_CONTAINERS
                        + " are, at most");
            }
            return left == 0;
        } catch (EngineUnavailableException unavailable) {
            told.println("portcullis: the engine " + unavailable.sentence()
                    + "; name its socket with --engine unix://PATH and run as somebody who may open it");
            return false;
        }
    }
}
