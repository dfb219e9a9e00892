package dev.portcullis.cli;

import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import dev.portcullis.inspection.JsonReport;
import dev.portcullis.inspection.Tally;
import dev.portcullis.inspection.TextReport;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code check}. */
@Command(
        name = "check",
        description =
                "Judge manifests, compose files and container-create bodies: files, folders, or - for standard input.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis check --profile restricted deployment.yaml"})
final class CheckCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    enum Output {
        table,
        json
    }

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

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "A file, a folder (yaml, yml, json below it), or -.")
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
            description = "table or json. Default: table",
            defaultValue = "table")
    private Output output = Output.table;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        ComposeFolders folders = new ComposeFolders(System.getenv(), overrides);
        Inspector inspector = new Inspector(policies(command), null, all, folders);
        Inputs inputs = new Inputs(inspector, folders, standardInput());
        paths.forEach(inputs::add);
        List<Inspection> inspections = inputs.inspections();
        print(inspections, command.getOut());
        return exitCode(inspections, inputs);
    }

    private static InputStream standardInput() {
        return System.in;
    }

    private List<Policy> policies(CommandLine command) {
        if (profile == null && profileVersion != null) {
            throw new ParameterException(command, "--profile-version needs --profile: add --profile restricted");
        }
        if (profile != null && policy != null) {
            throw new ParameterException(command, "give --profile or --policy, not both");
        }
        try {
            if (profile != null) {
                return List.of(Policy.alone(profile, profileVersion));
            }
            return policy == null ? BuiltInPolicies.defaults(Mode.ENFORCE) : PolicyFiles.read(policy);
        } catch (IllegalArgumentException | PolicyException wrong) {
            throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private void print(List<Inspection> inspections, PrintWriter out) {
        switch (output) {
            case json -> out.println(JSON.writeValueAsString(JsonReport.of(inspections)));
            case table -> {
                boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
                out.print(TextReport.of(inspections, terminal ? TextReport.Paint.ANSI : TextReport.Paint.PLAIN, all));
            }
        }
        out.flush();
    }

    private int exitCode(List<Inspection> inspections, Inputs inputs) {
        Tally tally = Tally.of(inspections);
        if (inputs.vanished()) {
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
