package dev.portcullis.seccomp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts rules in one order, each system call in as few of them as can be. */
public final class Rules {
    private Rules() {}

    /** Rules that differ by their names alone are one. */
    private record Kind(SyscallRule withoutNames) {}

    /**
     * The same rules without doubles: a call that a rule without arguments lets through needs no other rule that lets it through,
     * and none is needed that does what is done anyway.
     */
    public static List<SyscallRule> tidy(List<SyscallRule> rules, Action defaultAction) {
        Set<String> let = new TreeSet<>();
        for (SyscallRule rule : rules) {
            if (rule.action() == Action.ALLOW && rule.arguments().isEmpty() && !rule.isConditional()) {
                let.addAll(rule.names());
            }
        }
        Map<Kind, Set<String>> kinds = new LinkedHashMap<>();
        for (SyscallRule rule : rules) {
            boolean whole = rule.action() == Action.ALLOW && rule.arguments().isEmpty() && !rule.isConditional();
            Set<String> names = new TreeSet<>(rule.names());
            if (!whole && rule.action() == Action.ALLOW) {
                names.removeAll(let);
            }
            boolean asEver = rule.action() == defaultAction && rule.errno() == null && !rule.isConditional();
            if (!names.isEmpty() && !asEver) {
                kinds.computeIfAbsent(new Kind(rule.of(List.of())), none -> new TreeSet<>())
                        .addAll(names);
            }
        }
        List<SyscallRule> tidied = new ArrayList<>();
        kinds.forEach((kind, names) -> tidied.add(kind.withoutNames().of(List.copyOf(names))));
        return tidied;
    }
}
