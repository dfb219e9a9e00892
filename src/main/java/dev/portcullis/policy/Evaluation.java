package dev.portcullis.policy;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Result;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Matter;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The judging of one matter. */
final class Evaluation {
    private static final System.Logger LOG = System.getLogger(Evaluation.class.getName());

    /** What is asked in place of everything else where a policy cannot know whether it applies. */
    private static final CheckInfo NAMESPACE = new CheckInfo(
            "namespace-labels",
            1,
            Severity.HIGH,
            "Are the labels of the namespace known?",
            "The policy chooses by them.",
            null,
            Fields.in(Form.POD, "the labels of its namespace").and(Form.POD_REQUEST, "the labels of its namespace"),
            List.of(),
            List.of());

    private final Matter matter;
    private final PolicySet policies;
    private final Circumstances circumstances;
    private final boolean keepPasses;
    private final Exempting exempting;

    /** The findings of checks that several policies may share, by {@linkplain PolicySet.Asked#slot slot}. */
    private final @Nullable List<Finding>[] asked;

    private final List<Policy> applied = new ArrayList<>();
    private final Set<String> assumed = new LinkedHashSet<>();
    private final List<Judged> findings = new ArrayList<>();

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    Evaluation(Matter matter, PolicySet policies, Circumstances circumstances, boolean keepPasses) {
        this.matter = matter;
        this.policies = policies;
        this.circumstances = circumstances;
        this.keepPasses = keepPasses;
        this.exempting = new Exempting(matter, policies, circumstances);
        this.asked = new List[policies.slots()];
    }

    Report report() {
        for (Policy policy : policies.policies()) {
            switch (policy.coverage(matter.subject(), circumstances)) {
                case YES -> apply(policy);
                case ASSUMED -> {
                    assumed.add(policy.name());
                    apply(policy);
                }
                case UNKNOWN -> leaveOpen(policy);
                case NO -> {
                    // it has nothing to say
                }
            }
        }
        List<Judged> judged = applied.size() > 1 ? Strictest.of(findings) : findings;
        return new Report(matter.subject(), applied, judged, List.copyOf(assumed), policies.version());
    }

    private void apply(Policy policy) {
        applied.add(policy);
        check(policy);
        if (matter instanceof Workload workload) {
            rules(policy, workload);
            labels(policy, workload);
        }
    }

    private void check(Policy policy) {
        List<PolicySet.Asked> shared = policies.asked(policy, matter.subject().form());
        if (shared == null) {
            policy.checks().stream()
                    .filter(bound -> bound.concerns(matter))
                    .forEach(bound -> judge(ask(bound), bound, policy));
            return;
        }
        for (PolicySet.Asked one : shared) {
            if (!one.bound().excepts(matter)) {
                judge(ask(one), one.bound(), policy);
            }
        }
    }

    private void judge(List<Finding> found, BoundCheck bound, Policy policy) {
        for (Finding finding : found) {
            add(bound.judge(finding, policy));
        }
    }

    private List<Finding> ask(PolicySet.Asked one) {
        List<Finding> known = asked[one.slot()];
        if (known == null) {
            known = ask(one.bound());
            asked[one.slot()] = known;
        }
        return known;
    }

    private List<Finding> ask(BoundCheck bound) {
        return ask(bound, matter, keepPasses);
    }

    // A broken check must deny, not break the answer.
    @SuppressWarnings("CatchingUnchecked")
    static List<Finding> ask(BoundCheck bound, Matter matter, boolean keepPasses) {
        Check check = bound.check();
        List<Finding> found = new ArrayList<>(2);
        try {
            check.ask(
                    matter,
                    bound.criteria(),
                    new Findings(check.info(), keepPasses, finding -> found.add(bound.offering(finding))));
            return found;
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "check " + check.info().id() + " broke", broken);
            return List.of(error(
                    check.info(),
                    "check " + check.info().id() + " could not be completed",
                    "report this with the request's uid"));
        }
    }

    private void rules(Policy policy, Workload workload) {
        for (BoundRule rule : policy.rules()) {
            if (rule.concerns(workload)) {
                Finding finding = ask(rule, workload, circumstances, keepPasses);
                if (finding != null) {
                    add(rule.judge(finding, policy));
                }
            }
        }
    }

    // A broken rule must deny, not break the answer.
    @SuppressWarnings("CatchingUnchecked")
    static @Nullable Finding ask(BoundRule rule, Workload workload, Circumstances circumstances, boolean keepPasses) {
        try {
            return rule.ask(workload, circumstances, keepPasses);
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, rule.info().id() + " broke", broken);
            return error(rule.info(), "could not be answered", "report this with the request's uid");
        }
    }

    /** What the labels of the namespace ask, where the policy honours them. */
    private void labels(Policy policy, Workload workload) {
        if (!policy.honoursPodSecurityLabels() || workload.subject().form() != Form.POD) {
            return;
        }
        switch (circumstances.namespace()) {
            case NamespaceKnowledge.Known known -> {
                for (Policy asked : policy.of(known.namespace(), workload.subject())) {
                    applied.add(asked);
                    check(asked);
                }
            }
            case NamespaceKnowledge.Assumed _ -> assumed.add(policy.name());
            case NamespaceKnowledge.Unavailable unavailable -> unknown(policy, unavailable);
        }
    }

    private void leaveOpen(Policy policy) {
        applied.add(policy);
        if (circumstances.namespace() instanceof NamespaceKnowledge.Unavailable unavailable) {
            unknown(policy, unavailable);
        }
    }

    private void unknown(Policy policy, NamespaceKnowledge.Unavailable unavailable) {
        String name = String.valueOf(matter.subject().namespace());
        Finding finding = error(
                NAMESPACE,
                "namespace " + name + " " + unavailable.why() + ", so whether policy " + policy.name()
                        + " applies is not known",
                "try again");
        findings.add(new Judged(finding, policy, policy.strictest(), false));
    }

    private void add(Judged judged) {
        Exemption leave = judged.finding().result() == Result.FAIL ? exempting.leave(judged) : null;
        findings.add(leave == null ? judged : judged.exempted(leave));
    }

    private static Finding error(CheckInfo check, String state, String remedy) {
        return new Finding(check, Result.ERROR, null, null, null, state, remedy, null);
    }
}
