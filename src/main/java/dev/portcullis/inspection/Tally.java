package dev.portcullis.inspection;

import dev.portcullis.check.Result;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import java.util.List;

/**
 * The count of what came of an inspection.
 *
 * @param ignored documents that hold no workload
 * @param subjects workloads judged
 * @param errors documents that could not be read
 * @param enforce violations that deny, and so on for the other modes
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
        int brokenChecks) {

    /** All findings that are told. */
    public int findings() {
        return enforce + warn + audit + skip + brokenChecks;
    }

    /** Counts. */
    public static Tally of(List<Inspection> inspections) {
        List<Inspection.Judged> judged = inspections.stream()
                .filter(Inspection.Judged.class::isInstance)
                .map(Inspection.Judged.class::cast)
                .toList();
        int allowed =
                (int) judged.stream().filter(one -> one.report().allowed()).count();
        List<Judged> findings =
                judged.stream().flatMap(one -> one.report().findings().stream()).toList();
        return new Tally(
                count(inspections, Inspection.NoWorkload.class),
                judged.size(),
                allowed,
                judged.size() - allowed,
                count(inspections, Inspection.Unreadable.class),
                violations(findings, Mode.ENFORCE),
                violations(findings, Mode.WARN),
                violations(findings, Mode.AUDIT),
                results(findings, Result.SKIP),
                results(findings, Result.ERROR));
    }

    private static int count(List<Inspection> inspections, Class<? extends Inspection> kind) {
        return (int) inspections.stream().filter(kind::isInstance).count();
    }

    private static int violations(List<Judged> findings, Mode mode) {
        return (int) findings.stream()
                .filter(one -> one.mode() == mode && one.finding().isViolation())
                .count();
    }

    private static int results(List<Judged> findings, Result result) {
        return (int) findings.stream()
                .filter(one -> one.finding().result() == result)
                .count();
    }
}
