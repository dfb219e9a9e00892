package dev.portcullis.inspection;

import dev.portcullis.check.Result;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Report;
import java.util.List;

/**
 * The count of what came of an inspection.
 *
 * @param ignored documents that hold no workload
 * @param subjects workloads judged
 * @param errors documents that could not be read
 * @param enforce violations that deny, and so on for the other modes
 * @param exempted violations for which there is leave
 */
public record Tally(
        int ignored,
        int subjects,
        int allowed,
        int denied,
        int errors,
        int enforce,
        int warn,
        int audit,
        int skip,
        int brokenChecks,
        int exempted) {

    /** All findings that are told. */
    public int findings() {
        return enforce + warn + audit + skip + brokenChecks + exempted;
    }

    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The count of several. */
    public static Tally of(List<Inspection> inspections) {
        Tally tally = NONE;
        for (Inspection inspection : inspections) {
            tally = tally.plus(inspection);
        }
        return tally;
    }

    /** With one more. */
    public Tally plus(Inspection inspection) {
        return switch (inspection) {
            case Inspection.Judged judged -> plus(judged.report());
            case Inspection.Unreadable unreadable ->
                new Tally(
                        ignored,
                        subjects,
                        allowed,
                        denied,
                        errors + 1,
                        enforce,
                        warn,
                        audit,
                        skip,
                        brokenChecks,
                        exempted);
            case Inspection.NoWorkload none ->
                new Tally(
                        ignored + 1,
                        subjects,
                        allowed,
                        denied,
                        errors,
                        enforce,
                        warn,
                        audit,
                        skip,
                        brokenChecks,
                        exempted);
        };
    }

    private Tally plus(Report report) {
        List<Judged> findings = report.findings();
        return new Tally(
                ignored,
                subjects + 1,
                allowed + (report.allowed() ? 1 : 0),
                denied + (report.allowed() ? 0 : 1),
                errors,
                enforce + violations(findings, Mode.ENFORCE),
                warn + violations(findings, Mode.WARN),
                audit + violations(findings, Mode.AUDIT),
                skip + results(findings, Result.SKIP),
                brokenChecks + results(findings, Result.ERROR),
                exempted + report.exempted().size());
    }

    private static int violations(List<Judged> findings, Mode mode) {
        return (int) findings.stream()
                .filter(one -> one.mode() == mode && one.counts())
                .count();
    }

    private static int results(List<Judged> findings, Result result) {
        return (int) findings.stream()
                .filter(one -> one.finding().result() == result)
                .count();
    }
}
