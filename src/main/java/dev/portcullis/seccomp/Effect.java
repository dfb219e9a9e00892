package dev.portcullis.seccomp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a profile makes of one system call on one host.
 *
 * @param whole whether every such call may be carried out
 * @param partial the arguments with which it may, each list all of what must hold
 * @param otherwise what is done else
 */
record Effect(boolean whole, List<List<ArgumentFilter>> partial, String otherwise) {
    /** Where a profile is not clear, what it lets through at most. */
    static Effect atMost(SeccompProfile profile, List<SyscallRule> rules, Host host) {
        List<List<ArgumentFilter>> partial = new ArrayList<>();
        boolean whole = false;
        boolean denied = false;
        boolean let = false;
        Action action = profile.defaultAction();
        for (SyscallRule rule : rules) {
            if (!rule.counts(host)) {
                continue;
            }
            if (rule.action().lets()) {
                let = true;
                whole |= rule.arguments().isEmpty();
                partial.add(rule.arguments());
            } else if (rule.arguments().isEmpty()) {
                denied = true;
                action = rule.action();
            }
        }
        if (profile.defaultAction().lets() && !(denied && !let)) {
            return new Effect(true, List.of(), profile.defaultAction().words());
        }
        return new Effect(whole, whole ? List.of() : partial, action.words());
    }

    /** Whether nothing is let through that the other does not let through. */
    boolean isWithin(Effect other) {
        return other.whole || (!whole && partial.stream().allMatch(some -> other.covers(some)));
    }

    private boolean covers(List<ArgumentFilter> asked) {
        Set<ArgumentFilter> all = new HashSet<>(asked);
        return partial.stream().anyMatch(all::containsAll);
    }

    /** As a person would say it: {@code fails}, {@code is allowed if arg0 == 16}. */
    String words() {
        if (whole) {
            return "is allowed";
        }
        if (partial.isEmpty()) {
            return otherwise;
        }
        return "is allowed if "
                + partial.stream()
                        .map(all -> all.stream().map(ArgumentFilter::toString).collect(Collectors.joining(" and ")))
                        .distinct()
                        .collect(Collectors.joining(", or "));
    }
}
