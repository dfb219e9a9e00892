package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.document.Position;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.workload.Printable;
import java.io.PrintWriter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table for a comment on a pull request: what denies first, then the rest, as much as a comment can hold. Everything from
 * outside stands in code spans, in which nothing is a link, a mention or a tag.
 */
public final class MarkdownReport implements ReportWriter {
    private static final int LONGEST = 500;
    /** A comment on GitHub has at most 65,536 characters. */
    private static final int ROOM = 60_000;

    private final PrintWriter out;
    private final Rows denials = new Rows();
    private final Rows others = new Rows();
    private final Set<String> assumed = new TreeSet<>();

    /** Writes one. */
    public MarkdownReport(PrintWriter out) {
        this.out = out;
    }

    /** Rows of one kind, those for which there is no room only counted. */
    private static final class Rows {
        private final StringBuilder text = new StringBuilder();
        private int leftOut;

        private void add(String row, int room) {
            if (leftOut > 0 || text.length() + row.length() > room) {
                leftOut++;
            } else {
                text.append(row);
            }
        }
    }

    @Override
    public void add(Inspection inspection) {
        switch (inspection) {
            case Inspection.Judged judged -> {
                assumed.addAll(judged.report().assumed());
                judged.report().findings().stream().filter(Judged::counts).forEach(finding -> row(finding, judged));
            }
            case Inspection.Unreadable unreadable ->
                denials.add(
                        row("error", place(unreadable.source(), unreadable.place()), "", "", unreadable.error()), ROOM);
            case Inspection.NoWorkload none -> {}
        }
    }

    @Override
    public void end(Tally tally) {
        out.print(tally.denied() + tally.errors() == 0 ? "### Portcullis: allowed\n" : "### Portcullis: denied\n");
        int leftOut = denials.leftOut + others.leftOut;
        String rest = others.text.toString();
        if (denials.text.length() + rest.length() > ROOM) {
            int end = rest.lastIndexOf('\n', ROOM - denials.text.length()) + 1;
            leftOut += (int) rest.substring(end).lines().count();
            rest = rest.substring(0, end);
        }
        if (denials.text.length() + rest.length() > 0) {
            out.print("\n| | where | what | check | finding |\n|---|---|---|---|---|\n");
            out.print(denials.text + rest);
        }
        if (leftOut > 0) {
            out.print("\nand " + leftOut + " more: `portcullis check` shows them all\n");
        }
        if (!assumed.isEmpty()) {
            out.print("\nNamespaces unknown: judged as if their labels matched policy "
                    + assumed.stream().map(MarkdownReport::code).collect(Collectors.joining(", ")) + "\n");
        }
        out.print("\n" + TextReport.count(tally) + "\n");
        out.flush();
    }

    private void row(Judged judged, Inspection.Judged inspection) {
        Finding finding = judged.finding();
        String row = row(
                verdict(judged.mode()),
                place(inspection.source(), inspection.placeToTell(finding)),
                inspection.whatHas(finding),
                finding.check().id(),
                finding.message());
        (judged.denies() ? denials : others).add(row, ROOM);
    }

    private static String verdict(Mode mode) {
        return switch (mode) {
            case ENFORCE -> "deny";
            case WARN -> "warn";
            case AUDIT, OFF -> "audit";
        };
    }

    private static String place(@Nullable String source, @Nullable Position position) {
        return SourceName.path(source) + (position == null ? "" : ":" + position.line());
    }

    private static String row(String verdict, String place, String subject, String check, String message) {
        return "| " + verdict + " | " + code(place) + " | " + code(subject) + " | " + check + " | " + code(message)
                + " |\n";
    }

    /** A code span in a cell of a table, fenced by more backticks than stand together in it. */
    static String code(String text) {
        String shown = Printable.text(text, LONGEST);
        if (shown.isBlank()) {
            return "";
        }
        String fence = "`";
        while (shown.contains(fence)) {
            fence += "`";
        }
        String space = fence.length() > 1 ? " " : "";
        // The table splits at a bar before it looks for code, unless a backslash that is not itself escaped comes
        // first.
        return fence + space + shown.replaceAll("(\\\\*)\\|", "$1$1\\\\|") + space + fence;
    }
}
