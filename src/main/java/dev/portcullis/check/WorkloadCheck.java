package dev.portcullis.check;

import dev.portcullis.workload.Workload;

/** One question about containers that are to start. */
public interface WorkloadCheck extends Check {
    /** Asks it, adding at least one finding. */
    void evaluate(Workload workload, Criteria criteria, Findings findings);
}
