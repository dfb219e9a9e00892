package dev.portcullis.resource;

import dev.portcullis.policy.BoundCheck;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.workload.Platform;
import org.jspecify.annotations.Nullable;

/** Refuses policies that would not hold what they promise. */
final class Safeguards {
    private static final String POD = "Pod";

    private Safeguards() {}

    static void require(Policy policy, Match match, Field spec) {
        if (policy.checks().isEmpty()) {
            spec.refuse("no check is left to ask: choose a profile, or name checks in a mode other than off");
            return;
        }
        Field kinds = kinds(spec);
        if (kinds != null && !match.kinds().contains(POD) && enforces(policy) && reachesKubernetes(match)) {
            kinds.refuse("an enforcing policy must match Pod, or its checks could be stepped out of by making pods"
                    + " directly: add Pod, or use mode warn or audit");
        }
    }

    private static @Nullable Field kinds(Field spec) {
        Field match = spec.member("match");
        return match == null ? null : match.member("kinds");
    }

    private static boolean enforces(Policy policy) {
        return policy.checks().stream().map(BoundCheck::mode).anyMatch(mode -> mode == Mode.ENFORCE);
    }

    private static boolean reachesKubernetes(Match match) {
        return match.platforms().isEmpty() || match.platforms().contains(Platform.KUBERNETES);
    }
}
