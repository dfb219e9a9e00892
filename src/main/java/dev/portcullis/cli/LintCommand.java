package dev.portcullis.cli;

import dev.portcullis.document.Position;
import dev.portcullis.resource.Lint;
import dev.portcullis.resource.PolicyError;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code policy lint}. */
@Command(
        name = "lint",
        description =
                "Tell everything that is wrong with policies and exemptions, by file, line and column, and warn of"
                        + " exemptions that do less than they look like.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis policy lint policies/"})
final class LintCommand implements Callable<Integer> {
    enum Form {
        table,
        json
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE|FOLDER",
            arity = "1..*",
            description = "What is used together: policies, and the exemptions that they heed.")
    private List<String> paths = List.of();

    @Option(
            names = "--exemption-namespace",
            paramLabel = "NAME",
            description = "A namespace whose exemptions every policy heeds, as the server is told. Repeatable.")
    private Set<String> exemptionNamespaces = Set.of();

    @Option(names = "--strict", description = "Exit with 1 where there are warnings.")
    private boolean strict;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table or json. Default: table",
            defaultValue = "table")
    private Form output = Form.table;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (paths.stream().anyMatch(String::isEmpty)) {
            throw new ParameterException(command, "an empty path names no file or folder");
        }
        PrintWriter out = command.getOut();
        try {
            List<Path> named = paths.stream().map(Path::of).toList();
            Lint lint = PolicyFiles.lint(named, exemptionNamespaces, Instant.now());
            tell(lint, out);
            return strict && !lint.warnings().isEmpty() ? ExitCode.VIOLATIONS : ExitCode.COMPLIANT;
        } catch (PolicyException wrong) {
            tell(wrong, out);
            return ExitCode.UNREADABLE;
        } finally {
            out.flush();
        }
    }

    private void tell(Lint lint, PrintWriter out) {
        if (output == Form.json) {
            print(report(lint), out);
            return;
        }
        lint.warnings().forEach(warning -> out.println(warning.withPlace("warning: " + warning.message())));
        int warnings = lint.warnings().size();
        String told = warnings == 0 ? "ok" : warnings == 1 ? "1 warning" : warnings + " warnings";
        out.println(lint.count() + ": " + told);
    }

    private void tell(PolicyException wrong, PrintWriter out) {
        if (output == Form.json) {
            print(report(wrong), out);
        } else {
            out.println(wrong.getMessage());
        }
    }

    private static ObjectNode report(Lint lint) {
        ObjectNode report = JsonMapper.shared()
                .createObjectNode()
                .put("policies", lint.policies().policies().size())
                .put("exemptions", lint.policies().exemptions().size());
        report.putArray("errors");
        add(lint.warnings(), report.putArray("warnings"));
        return report;
    }

    /** Nothing is counted where not everything can be read. */
    private static ObjectNode report(PolicyException wrong) {
        ObjectNode report =
                JsonMapper.shared().createObjectNode().putNull("policies").putNull("exemptions");
        add(wrong.errors(), report.putArray("errors"));
        report.putArray("warnings");
        return report;
    }

    private static void add(List<PolicyError> told, ArrayNode list) {
        for (PolicyError one : told) {
            Position place = one.position();
            list.addObject()
                    .put("source", one.source())
                    .put("line", place == null ? null : (Integer) place.line())
                    .put("column", place == null ? null : (Integer) place.column())
                    .put("message", one.message());
        }
    }

    private static void print(ObjectNode report, PrintWriter out) {
        out.println(Output.JSON.writeValueAsString(report));
    }
}
