package dev.portcullis.cli;

import dev.portcullis.inspection.Inspector;
import dev.portcullis.policy.PolicySet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fix}. */
@Command(
        name = "fix",
        description =
                "Show how manifests, compose files and Dockerfiles would be fixed, as a diff, and tell what cannot be. Safe"
                        + " fixes, and those that a policy applies; --all makes the others too.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis fix --in-place deploy/"})
final class FixCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A file, a folder (yaml, yml, json, Dockerfile below it), or -.")
    private List<String> paths = List.of();

    @Option(names = "--in-place", description = "Write the files; with -, print the text.")
    private boolean inPlace;

    @Option(names = "--check", description = "Only tell: exit with 1 where something could be fixed.")
    private boolean check;

    @Option(names = "--all", description = "Make fixes too that may change how the workload behaves: read them first.")
    private boolean all;

    @Mixin
    private JudgingOptions judged = new JudgingOptions();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (inPlace && check) {
            throw new ParameterException(command, "give --in-place or --check, not both");
        }
        ComposeFolders folders = judged.folders();
        PolicySet judging = judged.policies(command);
        Inspector inspector = new Inspector(judging, null, false, judged.premises(command, paths, judging, folders));
        FixRun.Manner manner = inPlace ? FixRun.Manner.IN_PLACE : check ? FixRun.Manner.CHECK : FixRun.Manner.SHOW;
        FixRun run =
                new FixRun(new Fixer(inspector, folders, all), folders, manner, command.getOut(), command.getErr());
        paths.forEach(run::add);
        return run.end();
    }
}
