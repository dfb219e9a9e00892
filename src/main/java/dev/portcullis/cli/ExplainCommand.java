package dev.portcullis.cli;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Form;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}. */
@Command(
        name = "explain",
        description = "Explain one check: why it is asked, and the field on every platform.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CHECK", description = "A check's id, as portcullis checks lists it.")
    private String id = "";

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        CheckInfo check = Catalogue.find(id)
                .map(Check::info)
                .orElseThrow(() -> new ParameterException(
                        command, "there is no check " + Words.value(id) + "; portcullis checks lists them"));
        explain(check, command.getOut());
        return ExitCode.COMPLIANT;
    }

    private static void explain(CheckInfo check, PrintWriter out) {
        out.println(check.id() + ": " + check.title());
        out.println();
        out.println(check.why());
        out.println();
        row(out, "severity", check.severity().id());
        row(out, "profile", ChecksCommand.profiles(check));
        for (Form form : check.fields().forms()) {
            row(out, "field", form.title() + ": " + check.fields().of(form));
        }
        for (Parameter parameter : check.parameters()) {
            row(
                    out,
                    "parameter",
                    parameter.name() + " (" + parameter.description() + "), default "
                            + Words.value(parameter.defaultValue()));
        }
        if (!check.references().isEmpty()) {
            row(out, "references", String.join(", ", check.references()));
        }
        out.flush();
    }

    private static void row(PrintWriter out, String name, String value) {
        out.println(String.format("%-12s%s", name, value));
    }
}
