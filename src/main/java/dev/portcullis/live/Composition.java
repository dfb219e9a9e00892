package dev.portcullis.live;

import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.ContentHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The set that the resources of a cluster make.
 *
 * @param set what is in force by them
 * @param alarm why the built-in policy is in it; null where it is not
 */
record Composition(PolicySet set, @Nullable String alarm) {
    /**
     * Puts them together.
     *
     * @param defaultMode of the built-in policy where there is no other
     * @param exemptionNamespaces those whose exemptions every policy heeds
     */
    static Composition of(
            List<Outcome<Policy>> policies,
            List<Outcome<Exemption>> exemptions,
            Mode defaultMode,
            Set<String> exemptionNamespaces) {
        ContentHash hash = new ContentHash();
        List<Policy> chosen = values(policies, hash);
        List<Exemption> leaves = values(exemptions, hash);
        String blind = policies.stream()
                .filter(outcome -> outcome.value() == null && outcome.blind())
                .map(Outcome::title)
                .collect(Collectors.joining(", "));
        String alarm = null;
        String prefix = "";
        if (!blind.isEmpty()) {
            alarm =
                    "the built-in policy is enforced until these can be used, as their last good versions are not known: "
                            + blind;
            chosen.addAll(BuiltInPolicies.defaults(Mode.ENFORCE));
            prefix = "built-in-enforce+";
        } else if (chosen.isEmpty()) {
            alarm = "the cluster has no HardeningPolicy that can be used: the built-in policy is in force in mode "
                    + defaultMode.id() + "; apply one";
            chosen.addAll(BuiltInPolicies.defaults(defaultMode));
            prefix = "built-in-" + defaultMode.id() + "+";
        }
        PolicySet set = new PolicySet(chosen, leaves, exemptionNamespaces, prefix + hash.text());
        return new Composition(set, alarm);
    }

    private static <T> List<T> values(List<Outcome<T>> outcomes, ContentHash hash) {
        List<T> values = new ArrayList<>();
        for (Outcome<T> outcome : outcomes) {
            if (outcome.value() != null && outcome.good() != null) {
                values.add(outcome.value());
                hash.add(outcome.good());
            }
        }
        return values;
    }

    /** The namespaces whose exemptions count for any of the policies. */
    static Set<String> exemptionNamespaces(List<Outcome<Policy>> policies, Set<String> beside) {
        Set<String> all = new HashSet<>(beside);
        for (Outcome<Policy> outcome : policies) {
            if (outcome.value() != null) {
                all.addAll(outcome.value().exemptionNamespaces());
            }
        }
        return all;
    }
}
