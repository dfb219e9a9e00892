package dev.portcullis.seccomp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A seccomp profile.
 *
 * @param defaultAction for system calls that no rule names
 * @param defaultErrno the number that those fail with; null for 1, EPERM
 * @param architectures whose calls it is about, as libseccomp names them; empty where {@code architectureMap} says so, else
 *     for the host's own alone
 * @param architectureMap moby's: for the host's architecture those whose calls it may make too
 */
public record SeccompProfile(
        Action defaultAction,
        @Nullable Integer defaultErrno,
        List<String> architectures,
        SortedMap<String, List<String>> architectureMap,
        List<String> flags,
        List<SyscallRule> rules) {

    /** The names that libseccomp gives architectures, by those that moby's conditions give them. */
    private static final Map<String, String> NATIVE = Map.ofEntries(
            Map.entry("x86", "SCMP_ARCH_X86"),
            Map.entry("amd64", "SCMP_ARCH_X86_64"),
            Map.entry("arm", "SCMP_ARCH_ARM"),
            Map.entry("arm64", "SCMP_ARCH_AARCH64"),
            Map.entry("loongarch64", "SCMP_ARCH_LOONGARCH64"),
            Map.entry("mips64", "SCMP_ARCH_MIPS64"),
            Map.entry("mipsel64", "SCMP_ARCH_MIPSEL64"),
            Map.entry("ppc64le", "SCMP_ARCH_PPC64LE"),
            Map.entry("riscv64", "SCMP_ARCH_RISCV64"),
            Map.entry("s390x", "SCMP_ARCH_S390X"));

    /** The architectures that engines run on, as moby's conditions name them. */
    public static Set<String> hosts() {
        return NATIVE.keySet();
    }

    /** The architectures whose calls may be made on a host, the host's own first. */
    public List<String> architecturesOn(String host) {
        if (architectureMap.isEmpty()) {
            return architectures;
        }
        String own = NATIVE.getOrDefault(host, "");
        List<String> more = architectureMap.get(own);
        List<String> all = new ArrayList<>();
        if (more != null) {
            all.add(own);
            all.addAll(more);
        }
        return all;
    }

    /**
     * The hosts it is for: those whose own architecture it names, or all where it names none. What only stands there because
     * another of them runs its programs too, as x86 with x86-64, is left out.
     *
     * @param usual says which host runs whose programs
     */
    public Set<String> madeFor(SeccompProfile usual) {
        Set<String> named = new TreeSet<>(NATIVE.keySet());
        named.removeIf(host -> !architectures.contains(NATIVE.get(host)));
        Set<String> others = new TreeSet<>();
        for (String host : named) {
            usual.architecturesOn(host).stream().skip(1).forEach(others::add);
        }
        named.removeIf(host -> others.contains(NATIVE.get(host)));
        return named.isEmpty() ? NATIVE.keySet() : named;
    }

    /** What a host's own is called. */
    public static String nativeOf(String host) {
        return NATIVE.getOrDefault(host, "");
    }

    /**
     * The same for some hosts alone, without what only moby's form can say.
     *
     * @throws SeccompException where one profile cannot do for all of them
     */
    public SeccompProfile on(Collection<Host> hosts) throws SeccompException {
        Set<String> called = new LinkedHashSet<>();
        Set<SyscallRule> counting = new LinkedHashSet<>();
        for (Host host : hosts) {
            List<String> of = architecturesOn(host.architecture());
            called.addAll(of.isEmpty() ? List.of(nativeOf(host.architecture())) : of);
        }
        for (SyscallRule rule : rules) {
            long counts = hosts.stream().filter(rule::counts).count();
            boolean onAll = counts == hosts.size();
            if (counts > 0 && !onAll && !rule.arguments().isEmpty()) {
                throw new SeccompException(
                        "the rule for " + String.join(", ", rule.names()),
                        "asks for other arguments on some of the architectures",
                        "make a profile for each of them with --arch");
            }
            if (counts > 0) {
                counting.add(rule.everywhere());
            }
        }
        return new SeccompProfile(
                defaultAction,
                defaultErrno,
                List.copyOf(called),
                new TreeMap<>(),
                flags,
                Rules.tidy(List.copyOf(counting), defaultAction));
    }

    /** The same with other rules. */
    public SeccompProfile with(List<SyscallRule> others) {
        return new SeccompProfile(defaultAction, defaultErrno, architectures, architectureMap, flags, others);
    }

    /** The same with another action for what no rule names. */
    public SeccompProfile otherwise(Action action, @Nullable Integer errno) {
        return new SeccompProfile(action, errno, architectures, architectureMap, flags, rules);
    }
}
