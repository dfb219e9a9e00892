package dev.portcullis.policy;

import dev.portcullis.check.Fix;
import dev.portcullis.check.Result;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything that was found about one subject.
 *
 * @param policies those that applied
 * @param findings in the order of the catalogue, a policy's own rules behind
 * @param assumed the names of policies that were taken to apply because nobody can know the namespace
 * @param version of the {@link PolicySet} that judged
 */
public record Report(
        Subject subject, List<Policy> policies, List<Judged> findings, List<String> assumed, String version) {

    /** Whether the subject may start. */
    public boolean allowed() {
        for (Judged judged : findings) {
            if (judged.denies()) {
                return false;
            }
        }
        return true;
    }

    /** Whether every check that was asked had to leave it open. */
    public boolean nothingJudged() {
        Set<String> skipped = new HashSet<>();
        for (Judged judged : findings) {
            if (judged.finding().result() != Result.SKIP) {
                return false;
            }
            skipped.add(judged.finding().check().id());
        }
        return !skipped.isEmpty()
                && policies.stream().allMatch(policy -> policy.rules().isEmpty())
                && policies.stream()
                        .flatMap(policy -> policy.checks().stream())
                        .map(bound -> bound.check().info())
                        .filter(info -> info.concerns(subject.form()))
                        .allMatch(info -> skipped.contains(info.id()));
    }

    /** The violations in a mode. */
    public List<Judged> violations(Mode mode) {
        List<Judged> violations = new ArrayList<>();
        for (Judged judged : findings) {
            if (judged.mode() == mode && judged.counts()) {
                violations.add(judged);
            }
        }
        return violations;
    }

    /** The changes that are to be made, each once. */
    public List<AppliedFix> applied() {
        Map<Edit, Set<String>> checks = new LinkedHashMap<>();
        for (Judged judged : findings) {
            Fix fix = judged.finding().fix();
            if (judged.fixed() && fix != null) {
                String check = judged.finding().check().id();
                fix.edits()
                        .forEach(edit -> checks.computeIfAbsent(edit, key -> new LinkedHashSet<>())
                                .add(check));
            }
        }
        List<AppliedFix> applied = new ArrayList<>(checks.size());
        checks.forEach((edit, asking) -> applied.add(new AppliedFix(edit, List.copyOf(asking))));
        return applied;
    }

    /** Whether one of these changes writes over what somebody has written. */
    boolean overwrites() {
        return findings.stream()
                .anyMatch(judged -> judged.fixed()
                        && judged.finding().fix() != null
                        && judged.finding().fix().overwrites());
    }

    /** The same without who asks for them. */
    public List<Edit> edits() {
        return applied().stream().map(AppliedFix::edit).toList();
    }

    /** What would deny and could be fixed, where the policy only suggests it. */
    public List<Judged> suggestions() {
        return violations(Mode.ENFORCE).stream()
                .filter(judged -> judged.finding().fix() != null
                        && !judged.fixed()
                        && judged.policy().fixMode() == FixMode.SUGGEST)
                .toList();
    }

    /** The same with no fix to offer: for what cannot be changed where it is described. */
    public Report withoutFixes() {
        return withoutFixes(edit -> true);
    }

    /** The same with no fix offered that makes one of certain edits. */
    public Report withoutFixes(Predicate<Edit> impossible) {
        List<Judged> left = findings.stream()
                .map(judged -> judged.finding().fix() == null
                                || judged.finding().fix().edits().stream().noneMatch(impossible)
                        ? judged
                        : judged.unfixed())
                .toList();
        return of(left);
    }

    /** The same where what an applied fix will clear only warns: for a controller, whose pods are fixed later. */
    public Report withFixesToCome() {
        return lowering(Judged::fixed);
    }

    /**
     * The same where what the earlier state had already only warns: for an update. What a pod says for all of its
     * containers is new for one that is.
     *
     * @param before the earlier state by the same policies
     * @param renewed containers that are new or have another image, so that all of their findings are new
     */
    public Report since(Report before, Set<String> renewed) {
        Set<String> known = new HashSet<>();
        for (Judged judged : before.findings) {
            if (canBeOld(judged)) {
                known.add(judged.identity());
            }
        }
        return lowering(judged -> judged.denies()
                && canBeOld(judged)
                && !isRenewed(judged, renewed)
                && known.contains(judged.identity()));
    }

    /** A rule that breaks now as it broke before must not keep finalizers from being removed. */
    private static boolean canBeOld(Judged judged) {
        Result result = judged.finding().result();
        return result == Result.FAIL || (result == Result.ERROR && judged.isOfRule());
    }

    /** Kubernetes, whose labels say no more than what it does itself, judges all anew where anything is. */
    private static boolean isRenewed(Judged judged, Set<String> renewed) {
        String container = judged.finding().container();
        if (container == null || judged.policy().isOfLabels()) {
            return !renewed.isEmpty();
        }
        return renewed.contains(container);
    }

    /** The same where nothing denies any more: for an update that does not touch what is judged. */
    public Report warningOnly() {
        return lowering(judged -> true);
    }

    /** The violations for which there is leave. */
    public List<Judged> exempted() {
        return findings.stream().filter(judged -> judged.exemption() != null).toList();
    }

    private Report of(List<Judged> changed) {
        return new Report(subject, policies, changed, assumed, version);
    }

    private Report lowering(Predicate<Judged> lowered) {
        List<Judged> changed = new ArrayList<>(findings.size());
        findings.forEach(judged -> changed.add(lowered.test(judged) ? judged.lowered() : judged));
        return of(changed);
    }
}
