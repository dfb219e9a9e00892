package dev.portcullis.cli;

import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.ReportWriter;
import dev.portcullis.inspection.Tally;
import java.util.function.Consumer;

/** Hands inspections on to a report, and counts them for the exit code. */
final class Counted implements Consumer<Inspection> {
    private final ReportWriter report;
    private Tally tally = Tally.NONE;

    Counted(ReportWriter report) {
        this.report = report;
    }

    @Override
    public void accept(Inspection inspection) {
        report.add(inspection);
        tally = tally.plus(inspection);
    }

    /** Ends the report. */
    void end() {
        report.end(tally);
    }

    int exitCode(FailOn failOn, boolean complete) {
        if (!complete) {
            return ExitCode.INCOMPLETE;
        }
        if (tally.errors() > 0) {
            return ExitCode.UNREADABLE;
        }
        return failOn.violations(tally) > 0 ? ExitCode.VIOLATIONS : ExitCode.COMPLIANT;
    }
}
