package dev.portcullis.seccomp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    private static final Set<String> BIG_ENDIAN = Set.of(
            "SCMP_ARCH_MIPS",
            "SCMP_ARCH_MIPS64",
            "SCMP_ARCH_MIPS64N32",
            "SCMP_ARCH_PPC",
            "SCMP_ARCH_PPC64",
            "SCMP_ARCH_S390",
            "SCMP_ARCH_S390X");
    private static final Set<String> LITTLE_ENDIAN = Set.of(
            "SCMP_ARCH_AARCH64",
            "SCMP_ARCH_ARM",
            "SCMP_ARCH_LOONGARCH64",
            "SCMP_ARCH_MIPSEL",
            "SCMP_ARCH_MIPSEL64",
            "SCMP_ARCH_MIPSEL64N32",
            "SCMP_ARCH_PPC64LE",
            "SCMP_ARCH_RISCV64",
            "SCMP_ARCH_X32",
            "SCMP_ARCH_X86",
            "SCMP_ARCH_X86_64");

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
     * Whether libseccomp, 2.5 or newer, can load it there: not where it names an architecture whose numbers have their bytes in
     * the other order. Of a map, engines take what they know; so it may be loaded anywhere.
     */
    boolean mayBeLoadedOn(String host) {
        String own = nativeOf(host);
        Set<String> others =
                BIG_ENDIAN.contains(own) ? LITTLE_ENDIAN : LITTLE_ENDIAN.contains(own) ? BIG_ENDIAN : Set.of();
        return architectures.stream().noneMatch(others::contains);
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
    public SeccompProfile on(List<Host> hosts) throws SeccompException {
        Set<String> called = new LinkedHashSet<>();
        Set<SyscallRule> counting = new LinkedHashSet<>();
        for (Host host : hosts) {
            List<String> of = architecturesOn(host.architecture());
            called.addAll(of.isEmpty() ? List.of(nativeOf(host.architecture())) : of);
        }
        for (SyscallRule rule : rules) {
            if (hosts.stream().anyMatch(rule::counts)) {
                counting.add(rule.everywhere());
            }
        }
        SeccompProfile flat = new SeccompProfile(
                defaultAction,
                defaultErrno,
                List.copyOf(called),
                new TreeMap<>(),
                flags,
                Rules.tidy(List.copyOf(counting), defaultAction));
        List<String> other = new Comparison(flat, this, hosts)
                .differences().stream()
                        .filter(difference -> difference.stricter() || difference.isDangerous())
                        .map(Comparison.Difference::toString)
                        .toList();
        if (!other.isEmpty()) {
            throw new SeccompException(
                    "one profile for all these nodes",
                    "cannot do, since the base treats " + String.join(", ", other) + " in several ways on them",
                    "make one for each architecture with --arch, and say their kernel with --kernel");
        }
        return flat;
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
