package dev.portcullis.seccomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Allows and denies system calls in a profile. */
public final class ProfileEditor {
    private final SeccompProfile base;
    private List<SyscallRule> rules;

    /** Begins with a profile. */
    public ProfileEditor(SeccompProfile base) {
        this.base = base;
        this.rules = base.rules();
    }

    /** What has become of it. */
    public SeccompProfile profile() {
        return base.with(Rules.tidy(rules, base.defaultAction()));
    }

    /**
     * Lets calls through, with some arguments or whatever they are.
     *
     * @throws SeccompException where a profile cannot say so
     */
    public void allow(SyscallChoice choice) throws SeccompException {
        if (base.defaultAction().lets() && !choice.arguments().isEmpty()) {
            throw new SeccompException(
                    "allowing " + String.join(", ", choice.names()) + " with some arguments",
                    "means nothing where what no rule names "
                            + base.defaultAction().words(),
                    "deny what is not wanted, or begin with another --base or --default-action errno");
        }
        List<SyscallRule> edited = new ArrayList<>();
        for (SyscallRule rule : rules) {
            List<String> left = without(rule.names(), choice.names());
            if (rule.action().lets()) {
                edited.add(rule);
            } else if (!left.isEmpty()) {
                edited.add(rule.of(left));
            }
        }
        edited.add(new SyscallRule(sorted(choice.names()), Action.ALLOW, choice.arguments()));
        rules = edited;
    }

    /**
     * Lets calls through no more, with some arguments or whatever they are.
     *
     * @throws SeccompException where a profile cannot say so
     */
    public void deny(SyscallChoice choice) throws SeccompException {
        List<SyscallRule> edited = new ArrayList<>();
        for (SyscallRule rule : rules) {
            List<String> left = without(rule.names(), choice.names());
            List<String> meant = without(rule.names(), left);
            if (!rule.action().lets() || meant.isEmpty()) {
                edited.add(rule);
                continue;
            }
            if (!left.isEmpty()) {
                edited.add(rule.of(left));
            }
            for (ArgumentFilter filter : choice.arguments()) {
                edited.add(rule.of(meant).where(narrowed(rule.arguments(), filter, meant)));
            }
        }
        if (base.defaultAction().lets()) {
            edited.add(new SyscallRule(sorted(choice.names()), Action.ERRNO, choice.arguments()));
        }
        rules = edited;
    }

    /** What must hold for a rule to count that does not where a comparison holds. */
    private static List<ArgumentFilter> narrowed(List<ArgumentFilter> asked, ArgumentFilter denied, List<String> names)
            throws SeccompException {
        Optional<ArgumentFilter> opposite = denied.opposite();
        boolean twice = asked.stream().anyMatch(filter -> filter.index() == denied.index());
        if (opposite.isEmpty() || twice) {
            throw new SeccompException(
                    "denying " + String.join(", ", names) + " if " + denied,
                    twice
                            ? "needs a second comparison of arg" + denied.index()
                                    + ", which runtimes take for another rule"
                            : "needs the opposite of a mask, which no profile can say",
                    "deny it whatever its arguments, and allow those that are needed");
        }
        List<ArgumentFilter> all = new ArrayList<>(asked);
        all.add(opposite.get());
        return all;
    }

    private static List<String> without(List<String> names, Iterable<String> taken) {
        Set<String> left = new TreeSet<>(names);
        taken.forEach(left::remove);
        return List.copyOf(left);
    }

    private static List<String> sorted(Set<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }
}
