package dev.portcullis.impact;

import dev.portcullis.check.Finding;
import dev.portcullis.policy.AppliedFix;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Report;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What becomes different for one matter.
 *
 * @param verdict what becomes of its verdict
 * @param why the findings that decide where the verdict changes: those that deny now, or those that denied before
 * @param warnings findings that warn now and did not before; none where it is denied now
 * @param patches changes that are made now and were not before
 */
public record Change(Verdict verdict, List<Reason> why, List<Reason> warnings, List<String> patches) {
    /** What becomes of a verdict. */
    public enum Verdict {
        /** It is allowed, and would be denied. */
        DENIED,
        /** It is denied, and would be allowed. */
        ALLOWED,
        /** It stays as it is. */
        SAME
    }

    /**
     * A finding, told apart from others of its check by its container and field.
     *
     * @param message for people
     */
    public record Reason(String check, String message) {
        static Reason of(Finding finding) {
            return new Reason(finding.check().id(), finding.inContainer(finding.message()));
        }
    }

    /** The difference between two reports on one matter. */
    public static Change between(Report before, Report after) {
        boolean denied = before.allowed() && !after.allowed();
        boolean allowed = !before.allowed() && after.allowed();
        Verdict verdict = denied ? Verdict.DENIED : allowed ? Verdict.ALLOWED : Verdict.SAME;
        List<Reason> why =
                denied ? reasons(after, Judged::denies) : allowed ? reasons(before, Judged::denies) : List.of();
        return new Change(
                verdict, why, after.allowed() ? newWarnings(before, after) : List.of(), newPatches(before, after));
    }

    private static List<Reason> newWarnings(Report before, Report after) {
        Set<Reason> known = Set.copyOf(reasons(before, Change::warns));
        return reasons(after, Change::warns).stream()
                .filter(reason -> !known.contains(reason))
                .toList();
    }

    private static boolean warns(Judged judged) {
        return judged.mode() == Mode.WARN && judged.counts();
    }

    private static List<Reason> reasons(Report report, Predicate<Judged> which) {
        return report.findings().stream()
                .filter(which)
                .map(judged -> Reason.of(judged.finding()))
                .distinct()
                .toList();
    }

    private static List<String> newPatches(Report before, Report after) {
        Set<Object> known = before.applied().stream().map(AppliedFix::edit).collect(Collectors.toSet());
        return after.applied().stream()
                .filter(fix -> !known.contains(fix.edit()))
                .map(fix -> fix.edit().path().field())
                .distinct()
                .toList();
    }

    /** Whether anything becomes different. */
    public boolean isAny() {
        return verdict != Verdict.SAME || !warnings.isEmpty() || !patches.isEmpty();
    }
}
