package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.document.Position;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.workload.Printable;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Workflow commands by which GitHub Actions marks lines of a pull request, and the count in a line of its own. */
public final class GithubReport implements ReportWriter {
    private static final int LONGEST = 1_000;

    private final PrintWriter out;

    /** Writes one. */
    public GithubReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void add(Inspection inspection) {
        switch (inspection) {
            case Inspection.Judged judged ->
                judged.report().findings().stream().filter(Judged::counts).forEach(finding -> command(finding, judged));
            case Inspection.Unreadable unreadable ->
                command("error", unreadable.source(), unreadable.place(), "unreadable", unreadable.error());
            case Inspection.NoWorkload none -> {}
        }
    }

    @Override
    public void end(Tally tally) {
        out.print(TextReport.count(tally) + "\n");
        out.flush();
    }

    private void command(Judged judged, Inspection.Judged inspection) {
        Finding finding = judged.finding();
        command(
                level(judged.mode()),
                inspection.source(),
                inspection.placeToTell(finding),
                finding.check().id(),
                inspection.whatHas(finding) + ": " + finding.message());
    }

    private static String level(Mode mode) {
        return switch (mode) {
            case ENFORCE -> "error";
            case WARN -> "warning";
            case AUDIT, OFF -> "notice";
        };
    }

    private void command(
            String level, @Nullable String source, @Nullable Position place, String title, String message) {
        String position = place == null ? "" : ",line=" + place.line() + ",col=" + place.column();
        out.print("::" + level + " file=" + property(SourceName.path(source)) + position + ",title=" + property(title)
                + "::" + data(Printable.text(message, LONGEST)) + "\n");
    }

    /** A command's text as it must be escaped. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
