package dev.portcullis.policy;

import dev.portcullis.check.Check;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Result;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Matter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges workloads by policies. Where several apply, the strictest finding about one matter counts. */
public final class Evaluator {
    private static final System.Logger LOG = System.getLogger(Evaluator.class.getName());

    private final boolean keepPasses;

    /**
     * An evaluator.
     *
     * @param keepPasses whether reports hold passes too
     */
    public Evaluator(boolean keepPasses) {
        this.keepPasses = keepPasses;
    }

    /** Judges by those of the policies that cover the matter. */
    public Report evaluate(Matter matter, List<Policy> policies) {
        List<Policy> applied = policies.stream()
                .filter(policy -> policy.covers(matter.subject()))
                .toList();
        List<Judged> findings = new ArrayList<>();
        for (Policy policy : applied) {
            for (BoundCheck check : policy.checks()) {
                if (check.concerns(matter)) {
                    ask(check, policy, matter, findings);
                }
            }
        }
        return new Report(matter.subject(), applied, applied.size() > 1 ? strictest(findings) : findings);
    }

    // A broken check must deny, not break the answer.
    @SuppressWarnings("CatchingUnchecked")
    private void ask(BoundCheck bound, Policy policy, Matter matter, List<Judged> findings) {
        Check check = bound.check();
        int before = findings.size();
        try {
            Findings sink =
                    new Findings(check.info(), keepPasses, finding -> findings.add(bound.judge(finding, policy)));
            check.ask(matter, bound.criteria(), sink);
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "check " + check.info().id() + " broke", broken);
            findings.subList(before, findings.size()).clear();
            Finding error = new Finding(
                    check.info(),
                    Result.ERROR,
                    null,
                    null,
                    null,
                    "check " + check.info().id() + " could not be completed",
                    "report this with the request's uid",
                    null);
            findings.add(new Judged(error, policy, bound.mode(), false));
        }
    }

    private static List<Judged> strictest(List<Judged> findings) {
        Map<String, Judged> chosen = new LinkedHashMap<>();
        for (Judged judged : findings) {
            chosen.merge(matter(judged.finding()), judged, Evaluator::stricter);
        }
        return List.copyOf(chosen.values());
    }

    /** The stricter of two findings about one matter; a fix that either policy applies is applied. */
    private static Judged stricter(Judged one, Judged other) {
        boolean oneViolates = one.finding().isViolation();
        boolean otherViolates = other.finding().isViolation();
        if (oneViolates != otherViolates) {
            return oneViolates ? one : other;
        }
        int byMode = other.mode().compareTo(one.mode());
        boolean otherIsStricter = byMode == 0 ? lowest(other) < lowest(one) : byMode > 0;
        Judged chosen = otherIsStricter ? other : one;
        boolean fixed = chosen.finding().fix() != null && (one.fixed() || other.fixed());
        return new Judged(chosen.finding(), chosen.policy(), chosen.mode(), fixed);
    }

    /** The number a fix would write: all that checks write are maxima, so the lower is the stricter. */
    private static long lowest(Judged judged) {
        Fix fix = judged.finding().fix();
        return fix == null
                ? Long.MAX_VALUE
                : fix.edits().stream()
                        .mapToLong(edit -> edit instanceof Edit.Set set && set.value() instanceof Long number
                                ? number
                                : Long.MAX_VALUE)
                        .min()
                        .orElse(Long.MAX_VALUE);
    }

    /** What a finding is about, as a text: texts keep a map fast whoever chooses the names. */
    private static String matter(Finding finding) {
        String pointer = finding.path() == null ? "" : finding.path().pointer();
        return String.join("\0", finding.check().id(), String.valueOf(finding.container()), pointer);
    }
}
