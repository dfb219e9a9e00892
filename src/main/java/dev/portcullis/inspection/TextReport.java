package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.document.Position;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table a person reads: a line for each subject, below it a line for each finding, the count at the end. */
public final class TextReport implements ReportWriter {
    private static final int LONGEST = 500;
    private static final String ENGINE = "Engine";

    private final PrintWriter text;
    private final Paint paint;
    private final boolean all;

    /** How words are set off. */
    public enum Paint {
        /** Not at all. */
        PLAIN,
        /** By ANSI colours, for a terminal. */
        ANSI
    }

    /**
     * Writes one.
     *
     * @param all whether it says of each skipped check why
     */
    public TextReport(PrintWriter out, Paint paint, boolean all) {
        this.text = out;
        this.paint = paint;
        this.all = all;
    }

    @Override
    public void end(Tally tally) {
        text.append(count(tally)).append('\n');
        text.flush();
    }

    @Override
    public void compare(BenchComparison comparison) {
        text.append("By the numbers of docker-bench-security (CIS Docker Benchmark 1.6), for comparison:\n");
        for (BenchComparison.Outcome outcome : BenchComparison.Outcome.values()) {
            numbers("[" + outcome + "]", comparison.ids(outcome));
        }
        numbers("not judged here:", comparison.unjudged());
        text.append("[INFO] Checks: " + comparison.checks() + "\n[INFO] Score: " + comparison.score() + "\n\n");
    }

    private void numbers(String what, List<String> ids) {
        if (!ids.isEmpty()) {
            text.append("  " + what + " " + String.join(" ", ids) + "\n");
        }
    }

    @Override
    public void add(Inspection inspection) {
        switch (inspection) {
            case Inspection.Judged judged -> judged(judged);
            case Inspection.Unreadable unreadable ->
                text.append(place(unreadable.source(), unreadable.place()))
                        .append(red("error"))
                        .append("  ")
                        .append(Printable.text(unreadable.error(), LONGEST))
                        .append("\n\n");
            case Inspection.NoWorkload none -> {}
        }
    }

    private void judged(Inspection.Judged judged) {
        Report report = judged.report();
        text.append(place(judged.source(), judged.start()))
                .append(Printable.text(report.subject().display(), LONGEST))
                .append("  ")
                .append(report.allowed() ? green("allowed") : red("denied"))
                .append(report.nothingJudged() ? ", nothing judged" : "")
                .append('\n');
        report.findings().stream()
                .filter(finding -> isOfItsOwn(finding, report))
                .forEach(finding -> finding(finding, judged));
        skipped(report);
        assumed(report);
        if (judged.patched() != null) {
            text.append("  with the safe fixes applied: ")
                    .append(judged.patched().allowed() ? green("allowed") : red("denied"))
                    .append('\n');
        }
        command(judged.command());
        text.append('\n');
    }

    private void command(Inspection.@Nullable Command command) {
        if (command != null && command.mended() != null && command.after() != null) {
            text.append("  mended: ")
                    .append(command.after().allowed() ? green("allowed") : red("denied"))
                    .append('\n');
            command.mended()
                    .lines()
                    .forEach(line -> text.append("    ")
                            .append(Printable.text(line, Integer.MAX_VALUE))
                            .append('\n'));
        }
    }

    /**
     * What is skipped for lack of anything to judge fills one line, unless everything is listed; of an engine it is what
     * somebody has to look at on the host.
     */
    private boolean isOfItsOwn(Judged judged, Report report) {
        return all
                || judged.finding().result() != Result.SKIP
                || report.subject().kind().equals(ENGINE);
    }

    private void skipped(Report report) {
        String checks = report.findings().stream()
                .filter(judged -> !isOfItsOwn(judged, report))
                .map(judged -> judged.finding().check().id())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!checks.isEmpty()) {
            text.append("  ")
                    .append(dim("skip "))
                    .append("  not judged here: ")
                    .append(checks)
                    .append(" (all tells why)\n");
        }
    }

    private void assumed(Report report) {
        if (!report.assumed().isEmpty()) {
            text.append("  ")
                    .append(dim("note "))
                    .append("  namespace unknown: judged as if its labels matched policy ")
                    .append(Printable.text(String.join(", ", report.assumed()), LONGEST))
                    .append('\n');
        }
    }

    private void finding(Judged judged, Inspection.Judged inspection) {
        Finding finding = judged.finding();
        Position position = inspection.placeOf(finding);
        text.append(String.format(
                        "  %s  %-26s  %s", verdict(judged), finding.check().id(), line(position)))
                .append(Printable.text(finding.inContainer(told(judged)), LONGEST))
                .append('\n');
    }

    /** Where there is leave, until when, instead of what to do. */
    private static String told(Judged judged) {
        Exemption leave = judged.exemption();
        return leave == null
                ? judged.finding().message()
                : judged.finding().problem() + "; exempted by " + leave.id() + " until " + leave.expiresAt();
    }

    private String verdict(Judged judged) {
        if (judged.exemption() != null) {
            return dim("leave");
        }
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

    /** The count in one line: {@code 2 subjects, 1 denied; findings: 3 deny}. */
    static String count(Tally tally) {
        String subjects = Stream.of(
                        Optional.of(tally.subjects() + (tally.subjects() == 1 ? " subject" : " subjects")),
                        counted(tally.allowed(), "allowed"),
                        counted(tally.denied(), "denied"),
                        counted(tally.errors(), "unreadable"),
                        counted(tally.ignored(), "without a workload"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        String findings = Stream.of(
                        counted(tally.enforce(), "deny"),
                        counted(tally.warn(), "warn"),
                        counted(tally.audit(), "audit"),
                        counted(tally.exempted(), "exempted"),
                        counted(tally.skip(), "skip"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return findings.isEmpty() ? subjects : subjects + "; findings: " + findings;
    }

    private static Optional<String> counted(int count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what);
    }

    private static String place(@Nullable String source, @Nullable Position position) {
        if (source == null) {
            return position == null ? "" : "line " + position.line() + "  ";
        }
        return Printable.text(source, LONGEST) + (position == null ? "" : ":" + position.line()) + "  ";
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
