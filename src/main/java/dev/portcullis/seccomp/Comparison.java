package dev.portcullis.seccomp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What one profile lets through and another does not, system call by system call. */
public final class Comparison {
    /** Pairs of rules, each on each host: a hundred times what the runtime's default takes, and less than a second. */
    private static final long MOST_STEPS = 1_000_000;

    /**
     * What profiles that were flattened for one architecture name, and is of no danger on another: there {@code arch_prctl} is
     * what programs of 32 bits may do on amd64 anyway, {@code cacheflush} empties the caller's own cache, and
     * {@code modify_ldt} is a number without a call.
     */
    private static final Set<String> HARMLESS = Set.of("arch_prctl", "cacheflush", "modify_ldt");

    private final SeccompProfile one;
    private final SeccompProfile other;
    private final List<Host> hosts;
    private final Map<String, List<SyscallRule>> ofOne;
    private final Map<String, List<SyscallRule>> ofOther;

    /**
     * A comparison.
     *
     * @param hosts on which they are compared
     */
    public Comparison(SeccompProfile one, SeccompProfile other, List<Host> hosts) {
        this.one = one;
        this.other = other;
        this.hosts = hosts;
        this.ofOne = byName(one);
        this.ofOther = byName(other);
    }

    /**
     * A system call that the two treat differently.
     *
     * @param name of it, or of an architecture
     * @param looser whether the first lets through what the second does not
     * @param stricter whether the second lets through what the first does not
     * @param where the architectures where it is looser; empty where it is so, or is not, wherever the call may be made
     * @param one what the first makes of it: {@code is allowed}
     * @param other what the second makes of it
     */
    public record Difference(
            String name, boolean looser, boolean stricter, List<String> where, String one, String other) {
        /** Whether it is looser, and that is no trifle. */
        boolean isDangerous() {
            return looser && !HARMLESS.contains(name);
        }

        /** The name, and where it is looser if that is not everywhere: {@code mount}, {@code clone (on s390x)}. */
        @Override
        public String toString() {
            return where.isEmpty() ? name : name + " (on " + String.join(", ", where) + ")";
        }
    }

    private static Map<String, List<SyscallRule>> byName(SeccompProfile profile) {
        Map<String, List<SyscallRule>> rules = new HashMap<>();
        for (SyscallRule rule : profile.rules()) {
            for (String name : rule.names()) {
                rules.computeIfAbsent(name, none -> new ArrayList<>()).add(rule);
            }
        }
        return rules;
    }

    /**
     * All differences, by name.
     *
     * @throws SeccompException where there is too much to compare
     */
    public List<Difference> differences() throws SeccompException {
        Set<String> names = new TreeSet<>(ofOne.keySet());
        names.addAll(ofOther.keySet());
        if (one.defaultAction().lets() != other.defaultAction().lets()) {
            names.addAll(Syscalls.names());
        }
        long steps = 0;
        for (String name : names) {
            long pairs = (1L + ofOne(name).size()) * (1L + ofOther(name).size());
            steps += pairs * (isConditional(name) ? hosts.size() : 1);
        }
        if (steps > MOST_STEPS) {
            throw new SeccompException(
                    "the profile", "has too many rules to be compared", "write fewer for each system call");
        }
        List<Difference> differences = new ArrayList<>(architectures().values());
        for (String name : names) {
            add(name, differences);
        }
        return differences;
    }

    private List<SyscallRule> ofOne(String name) {
        return ofOne.getOrDefault(name, List.of());
    }

    private List<SyscallRule> ofOther(String name) {
        return ofOther.getOrDefault(name, List.of());
    }

    private boolean isConditional(String name) {
        return Stream.concat(ofOne(name).stream(), ofOther(name).stream()).anyMatch(SyscallRule::isConditional);
    }

    private void add(String name, List<Difference> differences) {
        Set<String> looser = new TreeSet<>();
        Set<String> compared = new TreeSet<>();
        boolean stricter = false;
        Effect ofFirst = null;
        Effect ofSecond = null;
        for (Host host : hosts(name)) {
            Effect here = Effect.atMost(one, ofOne(name), host);
            Effect there = Effect.atMost(other, ofOther(name), host);
            boolean beyond = !here.isWithin(there);
            boolean below = !there.isWithin(here);
            if (ofFirst == null || (beyond && looser.isEmpty()) || (below && !stricter && looser.isEmpty())) {
                ofFirst = here;
                ofSecond = there;
            }
            compared.add(host.architecture());
            if (beyond) {
                looser.add(host.architecture());
            }
            stricter |= below;
        }
        if ((!looser.isEmpty() || stricter) && ofFirst != null && ofSecond != null) {
            List<String> where = looser.equals(compared) ? List.of() : List.copyOf(looser);
            differences.add(
                    new Difference(name, !looser.isEmpty(), stricter, where, ofFirst.words(), ofSecond.words()));
        }
    }

    /** Those on which a call may be made; one of them where it is treated the same on all. */
    private List<Host> hosts(String name) {
        List<Host> made = hosts.stream()
                .filter(host -> Syscalls.mayBeMade(name, host.architecture()))
                .toList();
        return made.isEmpty() || isConditional(name) ? made : made.subList(0, 1);
    }

    /** Calls of an architecture that a profile is not about end the process. */
    private Map<String, Difference> architectures() {
        Map<String, Difference> differences = new TreeMap<>();
        for (String host : hosts.stream().map(Host::architecture).distinct().toList()) {
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
                                    List.of(),
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
