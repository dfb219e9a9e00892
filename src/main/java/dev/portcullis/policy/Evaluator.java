package dev.portcullis.policy;

import dev.portcullis.check.Check;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Result;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Judges a workload by those of the policies that cover it. */
    public Report evaluate(Workload workload, List<Policy> policies) {
        List<Policy> applied = policies.stream()
                .filter(policy -> policy.covers(workload.subject()))
                .toList();
        List<Judged> findings = new ArrayList<>();
        for (Policy policy : applied) {
            for (BoundCheck check : policy.checks()) {
                if (check.check().info().concerns(workload.platform())) {
                    ask(check, policy, workload, findings);
                }
            }
        }
        return new Report(workload.subject(), applied, applied.size() > 1 ? strictest(findings) : findings);
    }

    // A broken check must deny, not break the answer.
    @SuppressWarnings("CatchingUnchecked")
    private void ask(BoundCheck bound, Policy policy, Workload workload, List<Judged> findings) {
        Check check = bound.check();
        int before = findings.size();
        try {
            Findings sink = new Findings(
                    check.info(),
                    keepPasses,
                    finding -> findings.add(new Judged(finding, policy, bound.mode(), bound.applies(finding.fix()))));
            check.evaluate(workload, bound.criteria(), sink);
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
        Map<Matter, Judged> chosen = new LinkedHashMap<>();
        for (Judged judged : findings) {
            chosen.merge(Matter.of(judged.finding()), judged, Evaluator::stricter);
        }
        return List.copyOf(chosen.values());
    }

    private static Judged stricter(Judged one, Judged other) {
        boolean oneViolates = one.finding().isViolation();
        if (oneViolates != other.finding().isViolation()) {
            return oneViolates ? one : other;
        }
        return other.mode().compareTo(one.mode()) > 0 ? other : one;
    }

    private record Matter(
            String check,
            @Nullable String container,
            @Nullable FieldPath path) {
        static Matter of(Finding finding) {
            return new Matter(finding.check().id(), finding.container(), finding.path());
        }
    }
}
