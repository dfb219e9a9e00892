package dev.portcullis.seccomp;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The capabilities a container has, as runtimes name them: {@code CAP_CHOWN}. */
public final class ContainerCapabilities {
    /** What every name starts with. */
    public static final String PREFIX = "CAP_";

    /** What Docker and containerd give a container that says nothing. */
    public static final Set<String> DEFAULT = prefixed(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    /** The kernel's, up to 6.12. */
    public static final Set<String> ALL = prefixed(
            "AUDIT_CONTROL",
            "AUDIT_READ",
            "AUDIT_WRITE",
            "BLOCK_SUSPEND",
            "BPF",
            "CHECKPOINT_RESTORE",
            "CHOWN",
            "DAC_OVERRIDE",
            "DAC_READ_SEARCH",
            "FOWNER",
            "FSETID",
            "IPC_LOCK",
            "IPC_OWNER",
            "KILL",
            "LEASE",
            "LINUX_IMMUTABLE",
            "MAC_ADMIN",
            "MAC_OVERRIDE",
            "MKNOD",
            "NET_ADMIN",
            "NET_BIND_SERVICE",
            "NET_BROADCAST",
            "NET_RAW",
            "PERFMON",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_ADMIN",
            "SYS_BOOT",
            "SYS_CHROOT",
            "SYS_MODULE",
            "SYS_NICE",
            "SYS_PACCT",
            "SYS_PTRACE",
            "SYS_RAWIO",
            "SYS_RESOURCE",
            "SYS_TIME",
            "SYS_TTY_CONFIG",
            "SYSLOG",
            "WAKE_ALARM");

    private ContainerCapabilities() {}

    private static Set<String> prefixed(String... names) {
        Set<String> prefixed = new TreeSet<>();
        for (String name : names) {
            prefixed.add(PREFIX + name);
        }
        return Set.copyOf(prefixed);
    }

    /**
     * What a container has that drops some and adds others, {@code ALL} among them, in any case, with the prefix or without: as
     * moby's engine does it, what is added counts after what is dropped, but not beside {@code ALL}.
     */
    public static Set<String> of(List<String> dropped, List<String> added) {
        if (added.stream().anyMatch(ContainerCapabilities::isAll)) {
            Set<String> left = new TreeSet<>(ALL);
            left.removeAll(named(dropped));
            return left;
        }
        Set<String> left = new TreeSet<>(dropped.stream().anyMatch(ContainerCapabilities::isAll) ? Set.of() : DEFAULT);
        left.removeAll(named(dropped));
        left.addAll(named(added));
        return left;
    }

    /** Whether a name stands for all of them. */
    public static boolean isAll(String name) {
        return name.equalsIgnoreCase("ALL");
    }

    /** One as runtimes name it, whether it is known or not. */
    public static String named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith(PREFIX) ? upper : PREFIX + upper;
    }

    private static Set<String> named(List<String> names) {
        return names.stream()
                .filter(name -> !isAll(name))
                .map(ContainerCapabilities::named)
                .collect(Collectors.toSet());
    }
}
