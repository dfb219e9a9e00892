package dev.portcullis.resource;

import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.workload.Platform;
import org.jspecify.annotations.Nullable;

/** Refuses policies that would not hold what they promise. */
final class Safeguards {
    private Safeguards() {}

    static void require(Policy policy, Match match, Field spec) {
        if (!policy.asksAnything()) {
            spec.refuse("nothing is left to ask: choose a profile, or name checks or rules in a mode other than off");
            return;
        }
        Field written = spec.member("match");
        if (written != null) {
            requireGentle(policy, match, written);
        }
    }

    private static void requireGentle(Policy policy, Match match, Field written) {
        boolean enforces = policy.strictest() == Mode.ENFORCE && reachesKubernetes(match);
        if (enforces && !match.kinds().isEmpty() && !match.kinds().contains(Kinds.POD)) {
            refuse(
                    written.member("kinds"),
                    "an enforcing policy must match Pod, or its checks could be stepped out of by making pods"
                            + " directly: add Pod, or use mode warn or audit");
        }
        if (enforces && !match.objects().choosesEverything()) {
            refuse(
                    written.member("objects"),
                    "an enforcing policy must match objects whatever their labels, which whoever makes them chooses:"
                            + " remove the selector, or use mode warn or audit");
        }
        if (policy.strictest().atLeast(Mode.WARN)) {
            String reason = "only a policy that audits may choose by who asks, as controllers make pods for others:"
                    + " use mode audit";
            refuse(written.member("users"), reason);
            refuse(written.member("groups"), reason);
        }
    }

    private static void refuse(@Nullable Field field, String reason) {
        if (field != null) {
            field.refuse(reason);
        }
    }

    private static boolean reachesKubernetes(Match match) {
        return match.platforms().isEmpty() || match.platforms().contains(Platform.KUBERNETES);
    }
}
