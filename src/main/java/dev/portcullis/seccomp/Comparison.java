package dev.portcullis.seccomp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What one profile lets through and another does not, system call by system call. */
public final class Comparison {
    /** Engines of today ask for a newer one, and rules that ask for an older one count. */
    private static final Condition.Kernel OLDEST = new Condition.Kernel(4, 18);

    private final SeccompProfile one;
    private final SeccompProfile other;
    private final Collection<String> architectures;
    private final Set<String> capabilities;
    private final Map<String, List<SyscallRule>> ofOne;
    private final Map<String, List<SyscallRule>> ofOther;

    /**
     * A comparison.
     *
     * @param architectures of hosts, as {@link SeccompProfile#hosts} has them
     * @param capabilities of the container
     */
    public Comparison(
            SeccompProfile one, SeccompProfile other, Collection<String> architectures, Set<String> capabilities) {
        this.one = one;
        this.other = other;
        this.architectures = architectures;
        this.capabilities = capabilities;
        this.ofOne = byName(one);
        this.ofOther = byName(other);
    }

    /**
     * A system call that the two treat differently.
     *
     * @param name of it, or of an architecture
     * @param looser whether the first lets through what the second does not
     * @param stricter whether the second lets through what the first does not
     * @param one what the first makes of it: {@code is allowed}
     * @param other what the second makes of it
     */
    public record Difference(String name, boolean looser, boolean stricter, String one, String other) {}

    private static Map<String, List<SyscallRule>> byName(SeccompProfile profile) {
        Map<String, List<SyscallRule>> rules = new HashMap<>();
        for (SyscallRule rule : profile.rules()) {
            for (String name : rule.names()) {
                rules.computeIfAbsent(name, none -> new ArrayList<>()).add(rule);
            }
        }
        return rules;
    }

    /** All differences, by name. */
    public List<Difference> differences() {
        Set<String> names = new TreeSet<>(ofOne.keySet());
        names.addAll(ofOther.keySet());
        if (one.defaultAction().lets() != other.defaultAction().lets()) {
            names.addAll(Syscalls.names());
        }
        List<Difference> differences = new ArrayList<>();
        architectures().forEach((name, difference) -> differences.add(difference));
        for (String name : names) {
            add(name, differences);
        }
        return differences;
    }

    /** What the first lets through and the second does not, by name. */
    public List<String> beyond() {
        return differences().stream()
                .filter(Difference::looser)
                .map(Difference::name)
                .toList();
    }

    private void add(String name, List<Difference> differences) {
        List<SyscallRule> first = ofOne.getOrDefault(name, List.of());
        List<SyscallRule> second = ofOther.getOrDefault(name, List.of());
        boolean looser = false;
        boolean stricter = false;
        Effect ofFirst = null;
        Effect ofSecond = null;
        for (Host host : hosts(name, first, second)) {
            Effect here = Effect.atMost(one, first, host);
            Effect there = Effect.atMost(other, second, host);
            boolean beyond = !here.isWithin(there);
            boolean below = !there.isWithin(here);
            if (ofFirst == null || (beyond && !looser)) {
                ofFirst = here;
                ofSecond = there;
            } else if (below && !stricter && !looser) {
                ofFirst = here;
                ofSecond = there;
            }
            looser |= beyond;
            stricter |= below;
        }
        if ((looser || stricter) && ofFirst != null && ofSecond != null) {
            differences.add(new Difference(name, looser, stricter, ofFirst.words(), ofSecond.words()));
        }
    }

    /** Those that any rule for a call can tell apart. */
    private List<Host> hosts(String name, List<SyscallRule> first, List<SyscallRule> second) {
        Set<Condition.Kernel> kernels = new TreeSet<>(Set.of(OLDEST, Host.NEWEST));
        boolean conditional = Stream.concat(first.stream(), second.stream()).anyMatch(SyscallRule::isConditional);
        for (List<SyscallRule> rules : List.of(first, second)) {
            for (SyscallRule rule : rules) {
                for (Condition condition : List.of(rule.includes(), rule.excludes())) {
                    Condition.Kernel asked = condition.minKernel();
                    if (asked != null && asked.compareTo(OLDEST) > 0) {
                        kernels.add(asked);
                    }
                }
            }
        }
        List<Host> hosts = new ArrayList<>();
        for (String architecture : new TreeSet<>(architectures)) {
            if (Syscalls.mayBeMade(name, architecture)) {
                kernels.forEach(kernel -> hosts.add(new Host(architecture, kernel, capabilities)));
                if (!conditional) {
                    // It is the same everywhere.
                    return hosts.subList(0, 1);
                }
            }
        }
        return hosts;
    }

    /** Calls of an architecture that a profile is not about end the process. */
    private Map<String, Difference> architectures() {
        Map<String, Difference> differences = new TreeMap<>();
        for (String host : architectures) {
            Set<String> here = called(one, host);
            Set<String> there = called(other, host);
            Set<String> all = new TreeSet<>(here);
            all.addAll(there);
            for (String name : all) {
                if (!here.contains(name) || !there.contains(name)) {
                    differences.putIfAbsent(
                            name,
                            new Difference(
                                    name,
                                    here.contains(name),
                                    there.contains(name),
                                    words(here, name),
                                    words(there, name)));
                }
            }
        }
        return differences;
    }

    /** Of those a host can run at all: the others are no danger and no need. */
    private static Set<String> called(SeccompProfile profile, String host) {
        Set<String> own = new TreeSet<>(RuntimeDefault.profile().architecturesOn(host));
        own.add(SeccompProfile.nativeOf(host));
        Set<String> called = new TreeSet<>(profile.architecturesOn(host));
        called.retainAll(own);
        // Libseccomp begins with the host's own, whatever the profile says.
        called.add(SeccompProfile.nativeOf(host));
        return called;
    }

    private static String words(Set<String> called, String name) {
        return called.contains(name) ? "may be called" : "may not be called";
    }
}
