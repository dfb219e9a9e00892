package dev.portcullis.check;

import dev.portcullis.workload.Act;

/** One question about a request that starts no container. */
public interface ActCheck extends Check {
    /** Asks it, adding a finding where the deed concerns it. */
    void evaluate(Act act, Criteria criteria, Findings findings);
}
