package dev.portcullis.cli;

import dev.portcullis.inspection.ArgoCdReport;
import dev.portcullis.inspection.GithubReport;
import dev.portcullis.inspection.JsonReport;
import dev.portcullis.inspection.JunitReport;
import dev.portcullis.inspection.KustomizeReport;
import dev.portcullis.inspection.MarkdownReport;
import dev.portcullis.inspection.ReportWriter;
import dev.portcullis.inspection.SarifReport;
import dev.portcullis.inspection.TextReport;
import dev.portcullis.inspection.YamlReport;
import dev.portcullis.policy.Mode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The forms in which {@code check} reports, by the names that users give. */
enum Output {
    table,
    json,
    yaml,
    sarif,
    junit,
    markdown,
    github,
    kustomize,
    argocd;

    /** How JSON is laid out for people to read, in ASCII. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** Whether it tells what passes although nobody asked. */
    boolean wantsPasses() {
        return this == junit;
    }

    /** Whether it tells what to change in a repository, and nothing else. */
    private boolean isOfRepositories() {
        return this == kustomize || this == argocd;
    }

    /** Refuses a form that is of no use for what runs. */
    void requireNoRepository(CommandLine command) {
        if (isOfRepositories()) {
            throw new ParameterException(
                    command, "--output " + this + " is for manifests in a repository: use table, json or another");
        }
    }

    /**
     * A report in this form.
     *
     * @param all whether the table says of each skipped check why
     * @param failOn the mildest mode whose violations fail
     */
    ReportWriter to(PrintWriter out, boolean all, Mode failOn) {
        return switch (this) {
            case table -> new TextReport(out, paint(), all);
            case json -> new JsonReport(out, JSON);
            case yaml -> new YamlReport(out);
            case sarif -> new SarifReport(out, JSON);
            case junit -> new JunitReport(out, failOn);
            case markdown -> new MarkdownReport(out);
            case github -> new GithubReport(out);
            case kustomize -> new KustomizeReport(out);
            case argocd -> new ArgoCdReport(out);
        };
    }

    private static TextReport.Paint paint() {
        return CommandLine.Help.Ansi.AUTO.enabled() ? TextReport.Paint.ANSI : TextReport.Paint.PLAIN;
    }
}
