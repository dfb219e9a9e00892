package dev.portcullis.seccomp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Names for system calls that are allowed or denied together. */
public final class SyscallGroups {
    private static final Map<String, List<String>> GROUPS = new TreeMap<>(Map.ofEntries(
            Map.entry("@bpf", List.of("bpf", "perf_event_open")),
            Map.entry(
                    "@clock",
                    List.of(
                            "adjtimex",
                            "clock_adjtime",
                            "clock_adjtime64",
                            "clock_settime",
                            "clock_settime64",
                            "settimeofday",
                            "stime")),
            Map.entry(
                    "@debug",
                    List.of(
                            "kcmp",
                            "lookup_dcookie",
                            "perf_event_open",
                            "pidfd_getfd",
                            "process_vm_readv",
                            "process_vm_writev",
                            "ptrace")),
            Map.entry("@exec", List.of("execve", "execveat")),
            Map.entry("@io-uring", List.of("io_uring_enter", "io_uring_register", "io_uring_setup")),
            Map.entry(
                    "@ipc",
                    List.of(
                            "ipc",
                            "mq_getsetattr",
                            "mq_notify",
                            "mq_open",
                            "mq_timedreceive",
                            "mq_timedreceive_time64",
                            "mq_timedsend",
                            "mq_timedsend_time64",
                            "mq_unlink",
                            "msgctl",
                            "msgget",
                            "msgrcv",
                            "msgsnd",
                            "semctl",
                            "semget",
                            "semop",
                            "semtimedop",
                            "semtimedop_time64",
                            "shmat",
                            "shmctl",
                            "shmdt",
                            "shmget")),
            Map.entry("@keyring", List.of("add_key", "keyctl", "request_key")),
            Map.entry("@module", List.of("create_module", "delete_module", "finit_module", "init_module")),
            Map.entry(
                    "@mount",
                    List.of(
                            "fsconfig",
                            "fsmount",
                            "fsopen",
                            "fspick",
                            "mount",
                            "mount_setattr",
                            "move_mount",
                            "open_tree",
                            "open_tree_attr",
                            "pivot_root",
                            "umount",
                            "umount2")),
            Map.entry("@namespace", List.of("setns", "unshare")),
            Map.entry(
                    "@network",
                    List.of(
                            "accept",
                            "accept4",
                            "bind",
                            "connect",
                            "getpeername",
                            "getsockname",
                            "getsockopt",
                            "listen",
                            "recv",
                            "recvfrom",
                            "recvmmsg",
                            "recvmmsg_time64",
                            "recvmsg",
                            "send",
                            "sendmmsg",
                            "sendmsg",
                            "sendto",
                            "setsockopt",
                            "shutdown",
                            "socket",
                            "socketcall",
                            "socketpair")),
            Map.entry(
                    "@obsolete",
                    List.of(
                            "_sysctl",
                            "afs_syscall",
                            "bdflush",
                            "create_module",
                            "get_kernel_syms",
                            "getpmsg",
                            "gtty",
                            "nfsservctl",
                            "prof",
                            "profil",
                            "putpmsg",
                            "query_module",
                            "stty",
                            "sysfs",
                            "tuxcall",
                            "ulimit",
                            "uselib",
                            "ustat",
                            "vserver")),
            Map.entry(
                    "@raw-io",
                    List.of(
                            "ioperm",
                            "iopl",
                            "pciconfig_iobase",
                            "pciconfig_read",
                            "pciconfig_write",
                            "s390_pci_mmio_read",
                            "s390_pci_mmio_write")),
            Map.entry("@reboot", List.of("kexec_file_load", "kexec_load", "reboot")),
            Map.entry("@swap", List.of("swapoff", "swapon"))));

    private SyscallGroups() {}

    /** The system calls of a group that starts with {@code @}. */
    public static Optional<List<String>> of(String name) {
        return Optional.ofNullable(GROUPS.get(name));
    }

    /** All groups, sorted. */
    public static Map<String, List<String>> all() {
        return GROUPS;
    }
}
