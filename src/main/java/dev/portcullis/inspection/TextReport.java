package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.check.Words;
import dev.portcullis.document.Position;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table a person reads: a line for each subject, below it a line for each finding, the count at the end. */
public final class TextReport {
    private static final int LONGEST = 500;

    private final StringBuilder text = new StringBuilder();
    private final Paint paint;

    private TextReport(Paint paint) {
        this.paint = paint;
    }

    /** How words are set off. */
    public enum Paint {
        /** Not at all. */
        PLAIN,
        /** By ANSI colours, for a terminal. */
        ANSI
    }

    /** Everything that came of an inspection. */
    public static String of(List<Inspection> inspections, Paint paint) {
        TextReport report = new TextReport(paint);
        inspections.forEach(report::add);
        report.count(Tally.of(inspections));
        return report.text.toString();
    }

    private void add(Inspection inspection) {
        switch (inspection) {
            case Inspection.Judged judged -> judged(judged);
            case Inspection.Unreadable unreadable ->
                text.append(place(unreadable.source(), unreadable.place()))
                        .append(red("error"))
                        .append("  ")
                        .append(Words.printable(unreadable.error(), LONGEST))
                        .append("\n\n");
            case Inspection.NoWorkload none -> {}
        }
    }

    private void judged(Inspection.Judged judged) {
        Report report = judged.report();
        text.append(place(judged.source(), judged.start()))
                .append(Words.printable(report.subject().display(), LONGEST))
                .append("  ")
                .append(report.allowed() ? green("allowed") : red("denied"))
                .append('\n');
        report.findings().forEach(finding -> finding(finding, judged));
        if (judged.patched() != null) {
            text.append("  after the patch that /mutate would apply: ")
                    .append(judged.patched().allowed() ? green("allowed") : red("denied"))
                    .append('\n');
        }
        text.append('\n');
    }

    private void finding(Judged judged, Inspection.Judged inspection) {
        Finding finding = judged.finding();
        String container = finding.container() == null ? "" : "container " + finding.container() + ": ";
        Position position = finding.path() == null ? null : Inspector.nearest(inspection.positions(), finding.path());
        text.append(String.format(
                        "  %s  %-26s  %s", verdict(judged), finding.check().id(), line(position)))
                .append(Words.printable(container + finding.message(), LONGEST))
                .append('\n');
    }

    private String verdict(Judged judged) {
        return switch (judged.finding().result()) {
            case PASS -> green("pass ");
            case SKIP -> dim("skip ");
            case FAIL, ERROR ->
                switch (judged.mode()) {
                    case ENFORCE -> red(judged.finding().result() == Result.ERROR ? "error" : "deny ");
                    case WARN -> yellow("warn ");
                    case AUDIT, OFF -> dim("audit");
                };
        };
    }

    private void count(Tally tally) {
        text.append(tally.subjects())
                .append(tally.subjects() == 1 ? " subject: " : " subjects: ")
                .append(tally.allowed())
                .append(" allowed, ")
                .append(tally.denied())
                .append(" denied; ")
                .append(tally.enforce())
                .append(" to deny, ")
                .append(tally.warn())
                .append(" to warn, ")
                .append(tally.audit())
                .append(" to audit, ")
                .append(tally.skip())
                .append(" skipped");
        if (tally.errors() > 0) {
            text.append("; ").append(tally.errors()).append(" unreadable");
        }
        if (tally.ignored() > 0) {
            text.append("; ").append(tally.ignored()).append(" without a workload ignored");
        }
        text.append('\n');
    }

    private static String place(@Nullable String source, @Nullable Position position) {
        if (source == null) {
            return position == null ? "" : "line " + position.line() + "  ";
        }
        return Words.printable(source, LONGEST) + (position == null ? "" : ":" + position.line()) + "  ";
    }

    private static String line(@Nullable Position position) {
        return String.format("%-9s  ", position == null ? "" : "line " + position.line());
    }

    private String red(String word) {
        return painted("31", word);
    }

    private String green(String word) {
        return painted("32", word);
    }

    private String yellow(String word) {
        return painted("33", word);
    }

    private String dim(String word) {
        return painted("2", word);
    }

    private String painted(String code, String word) {
        return paint == Paint.PLAIN ? word : "\u001b[" + code + "m" + word + "\u001b[0m";
    }
}
