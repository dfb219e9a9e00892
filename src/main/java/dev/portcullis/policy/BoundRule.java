package dev.portcullis.policy;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.workload.Workload;
import org.jspecify.annotations.Nullable;

/** A rule as its policy asks it. */
public record BoundRule(Rule rule, Mode mode, BoundCheck.Fixing fixing) {
    /** What reports say of it. */
    public CheckInfo info() {
        return rule.info();
    }

    boolean concerns(Workload workload) {
        return rule.question().concerns(workload.subject().form());
    }

    /** What is found; null for a pass that nobody wants. */
    @Nullable Finding ask(Workload workload, Circumstances circumstances, boolean keepPasses) {
        if (rule.question().asksForNamespace()
                && circumstances.namespace() instanceof NamespaceKnowledge.Unavailable unavailable) {
            return error("its namespace " + unavailable.why());
        }
        return switch (rule.question().ask(workload, circumstances)) {
            case Question.Passed _ -> keepPasses ? finding(Result.PASS, "is as it should be") : null;
            case Question.Failed failed ->
                new Finding(info(), Result.FAIL, null, null, null, failed.message(), "", failed.fix());
            case Question.Skipped skipped -> finding(Result.SKIP, skipped.why());
            case Question.Broken broken -> error(broken.why());
        };
    }

    private Finding error(String why) {
        return finding(Result.ERROR, "could not be answered: " + why);
    }

    private Finding finding(Result result, String state) {
        return new Finding(info(), result, null, null, null, state, "", null);
    }

    Judged judge(Finding finding, Policy policy) {
        return fixing.judge(finding, policy, mode);
    }
}
