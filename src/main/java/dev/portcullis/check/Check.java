package dev.portcullis.check;

import dev.portcullis.workload.Workload;

/** One question about a workload. Pure: the same workload and criteria always give the same findings. */
public interface Check {
    /** What it is. */
    CheckInfo info();

    /** Asks it, adding at least one finding. */
    void evaluate(Workload workload, Criteria criteria, Findings findings);
}
