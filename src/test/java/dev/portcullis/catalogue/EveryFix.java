package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
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
public final class EveryFix {
    private static final Policy POLICY = policy();

    private final Evaluator evaluator = new Evaluator(false);

    /** What is found. */
    public Report judge(Matter matter) {
        return Sets.judge(evaluator, matter, List.of(POLICY));
    }

    private static Policy policy() {
        Map<String, CheckRule> rules = new HashMap<>();
        for (Check check : Catalogue.all()) {
            rules.put(check.info().id(), new CheckRule(Mode.ENFORCE, true, Map.of()));
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
