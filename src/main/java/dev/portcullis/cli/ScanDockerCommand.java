package dev.portcullis.cli;

import dev.portcullis.engine.EngineUnavailableException;
import dev.portcullis.engine.Inventory;
import dev.portcullis.history.HostReport;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.ReportWriter;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.scan.DockerScan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
    private static final int UNANSWERED = -1;

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

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        output.requireNoRepository(command);
        Path socket = UnixSocket.path(command, "--engine", address);
        PolicySet judging = by.policies(command);
        try (ConsoleOptions.Sending sending = console.open(command)) {
            return scan(command, socket, judging, sending);
        }
    }

    private int scan(CommandLine command, Path socket, PolicySet judging, ConsoleOptions.@Nullable Sending sending) {
        DockerScan scan = new DockerScan(new Inventory(socket), address, judging, all || output.wantsPasses());
        PrintWriter out = fullIds ? command.getOut() : new PrintWriter(new ShortIds(command.getOut()));
        ReportWriter report = output.to(out, all, failOn.mode());
        Counted counted = new Counted(report);
        HostFindings findings = new HostFindings();
        PrintWriter err = fullIds ? command.getErr() : new PrintWriter(new ShortIds(command.getErr()), true);
        int left = run(scan, sending == null ? counted : counted.andThen(findings), err);
        report.compare(scan.comparison());
        counted.end();
        out.flush();
        boolean told = sending == null
                || (left != UNANSWERED && tell(sending, findings.report(console.host(), judging.version(), left), err));
        return counted.exitCode(failOn, left == 0 && told);
    }

    /** Half of a host would look as if the rest were gone: it is told of as a whole, or not at all. */
    private boolean tell(ConsoleOptions.Sending sending, HostReport report, PrintWriter err) {
        String refusal = sending.send(fullIds ? report.json() : ShortIds.in(report.json()));
        if (refusal != null) {
            err.println("portcullis: the console at " + console.url() + " was not told: " + refusal);
            return false;
        }
        err.println("portcullis: told the console at " + console.url() + " of host " + report.host() + ": "
                + report.engine().size() + " findings about its engine, "
                + report.containers().size() + " containers"
                + (report.omitted() == 0 ? "" : ", " + report.omitted() + " more left out"));
        return true;
    }

    /** How many containers were not judged, or {@link #UNANSWERED}. */
    private int run(DockerScan scan, Consumer<Inspection> inspections, PrintWriter err) {
        try {
            int left = scan.run(stopped, inspections);
            if (left > 0) {
                err.println("portcullis: " + left + " more containers were not judged: " + DockerScan.MOST_CONTAINERS
                        + " are, at most");
            }
            return left;
        } catch (EngineUnavailableException unavailable) {
            err.println("portcullis: the engine " + unavailable.sentence()
                    + "; name its socket with --engine unix://PATH and run as somebody who may open it");
            return UNANSWERED;
        }
    }
}
