package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import dev.portcullis.policy.BoundCheck;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.CheckRule;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.FixMode;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Profile;
import dev.portcullis.policy.Report;
import dev.portcullis.testing.Sets;
import dev.portcullis.workload.Matter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges by every check, and applies every fix that there is. */
public enum EveryFix {
    /** Where something is absent. */
    FILLING_IN(BoundCheck.Fixing.ALL),
    /** Over what somebody has written too. */
    OVERWRITING(BoundCheck.Fixing.OVERWRITING);

    private static final Evaluator EVALUATOR = new Evaluator(false);

    private final BoundCheck.Fixing fixing;

    EveryFix(BoundCheck.Fixing fixing) {
        this.fixing = fixing;
    }

    /** What is found. */
    public Report judge(Matter matter) {
        return Sets.judge(EVALUATOR, matter, List.of(policy()));
    }

    private Policy policy() {
        Map<String, CheckRule> rules = new HashMap<>();
        for (Check check : Catalogue.all()) {
            rules.put(check.info().id(), new CheckRule(Mode.ENFORCE, fixing, Map.of()));
        }
        return new Policy(
                "every-fix",
                Match.EVERYTHING,
                Profile.HARDENED,
                BuiltInPolicies.VERSION,
                Mode.ENFORCE,
                FixMode.APPLY,
                rules);
    }
}
