package dev.portcullis.cli;

import dev.portcullis.inspection.Inspector;
import dev.portcullis.inspection.Premises;
import dev.portcullis.inspection.ReportWriter;
import dev.portcullis.policy.PolicySet;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}. */
@Command(
        name = "check",
        description =
                "Judge manifests, compose files, Dockerfiles, docker run commands, container-create bodies and what docker inspect prints of containers and images: files, folders, or - for standard input.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis check --profile restricted deployment.yaml"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A file, a folder (Dockerfile, yaml, yml, json below it), or -.")
    private List<String> paths = List.of();

    @Mixin
    private JudgingOptions judged = new JudgingOptions();

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
            description = "table, json, yaml, sarif, junit, markdown, github, kustomize or argocd. Default: table",
            defaultValue = "table")
    private Output output = Output.table;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        ComposeFolders folders = judged.folders();
        PolicySet judging = judged.policies(command);
        Premises premises = judged.premises(command, paths, judging, folders);
        Inspector inspector = new Inspector(judging, null, all || output.wantsPasses(), premises);
        ReportWriter report = output.to(command.getOut(), all, failOn.mode());
        Counted counted = new Counted(report);
        try (Inputs inputs = new Inputs(inspector, folders, standardInput(), counted, judging.asksForNamespaces())) {
            paths.forEach(inputs::add);
            counted.end();
            command.getOut().flush();
            return counted.exitCode(failOn, !inputs.vanished());
        }
    }

    private static InputStream standardInput() {
        return System.in;
    }
}
