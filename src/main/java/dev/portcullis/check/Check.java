package dev.portcullis.check;

import dev.portcullis.workload.Act;
import dev.portcullis.workload.ImageBuild;
import dev.portcullis.workload.Matter;
import dev.portcullis.workload.Workload;

/** One question. Pure: the same matter and criteria always give the same findings. */
public interface Check {
    /** What it is. */
    CheckInfo info();

    /** Whether it asks about requests and nothing else, so that a policy may except who makes them. */
    default boolean isAct() {
        return this instanceof ActCheck && !(this instanceof WorkloadCheck) && !(this instanceof BuildCheck);
    }

    /** Whether it offers fixes that write over what somebody has written. */
    default boolean overwrites() {
        return false;
    }

    /** Asks it of a matter; one of a kind that it does not ask about is passed over. */
    default void ask(Matter matter, Criteria criteria, Findings findings) {
        switch (matter) {
            case Workload workload
            when this instanceof WorkloadCheck check -> check.evaluate(workload, criteria, findings);
            case ImageBuild build when this instanceof BuildCheck check -> check.evaluate(build, criteria, findings);
            case Act act when this instanceof ActCheck check -> check.evaluate(act, criteria, findings);
            default -> {
                // not its matter
            }
        }
    }
}
