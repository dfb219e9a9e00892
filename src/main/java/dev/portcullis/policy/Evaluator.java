package dev.portcullis.policy;

import dev.portcullis.workload.Matter;

/** Judges workloads by policies. Where several apply, the strictest finding about one matter counts. */
public final class Evaluator {
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
    public Report evaluate(Matter matter, PolicySet policies, Circumstances circumstances) {
        return new Evaluation(matter, policies, circumstances, keepPasses).report();
    }
}
