package dev.portcullis.testing;

import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Matter;
import java.time.Instant;
import java.util.List;

/** Policies as tests put them in force. */
public final class Sets {
    /** What surrounds something of which nothing more is known. */
    public static final Circumstances ALONE = Circumstances.at(Instant.EPOCH);

    private Sets() {}

    /** Some policies, without exemptions. */
    public static PolicySet of(List<Policy> policies) {
        return PolicySet.of(policies, "test");
    }

    /** What some policies make of something. */
    public static Report judge(Evaluator evaluator, Matter matter, List<Policy> policies) {
        return judge(evaluator, matter, of(policies));
    }

    /** What a set of policies makes of something. */
    public static Report judge(Evaluator evaluator, Matter matter, PolicySet policies) {
        return evaluator.evaluate(matter, policies, ALONE);
    }
}
