package dev.portcullis.profile.check;

import dev.portcullis.profile.Needs;
import dev.portcullis.seccomp.SeccompProfile;
import dev.portcullis.seccomp.SyscallRule;
import dev.portcullis.workload.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a seccomp profile forbids of what a container evidently needs. */
final class SeccompFit {
    /** For what a capability is good for nothing without; any of them does. */
    private static final Map<String, List<String>> OF_CAPABILITIES = new TreeMap<>(Map.ofEntries(
            Map.entry("bpf", List.of("bpf")),
            Map.entry("chown", List.of("chown", "fchown", "fchownat", "lchown")),
            Map.entry("kill", List.of("kill", "pidfd_send_signal", "tgkill", "tkill")),
            Map.entry("mknod", List.of("mknod", "mknodat")),
            Map.entry("perfmon", List.of("perf_event_open")),
            Map.entry("setgid", List.of("setgid", "setregid", "setresgid", "setgroups")),
            Map.entry("setuid", List.of("setuid", "setreuid", "setresuid")),
            Map.entry("sys_boot", List.of("reboot", "kexec_load", "kexec_file_load")),
            Map.entry("sys_chroot", List.of("chroot", "setns")),
            Map.entry("sys_module", List.of("init_module", "finit_module", "delete_module")),
            Map.entry("sys_pacct", List.of("acct")),
            Map.entry("sys_ptrace", List.of("ptrace", "process_vm_readv", "process_vm_writev")),
            Map.entry("sys_rawio", List.of("ioperm", "iopl", "openat")),
            Map.entry("sys_time", List.of("adjtimex", "clock_adjtime", "clock_settime", "settimeofday", "stime")),
            Map.entry("syslog", List.of("syslog"))));

    private final SeccompProfile profile;

    SeccompFit(SeccompProfile profile) {
        this.profile = profile;
    }

    List<String> forbidden(Needs needs) {
        List<String> forbidden = new ArrayList<>();
        need("starting a program", List.of("execve", "execveat"), forbidden);
        need("ending", List.of("exit_group", "exit"), forbidden);
        for (Port port : needs.ports()) {
            String what = "listening on " + port.number() + "/" + port.protocol();
            need(what, List.of("socket"), forbidden);
            need(what, List.of("bind"), forbidden);
            if (port.protocol().equals(Port.TCP)) {
                need(what, List.of("listen"), forbidden);
                need(what, List.of("accept", "accept4"), forbidden);
            }
        }
        if (!needs.added().all()) {
            OF_CAPABILITIES.forEach((capability, calls) -> {
                if (needs.added().allows(capability)) {
                    need("its capability " + capability, calls, forbidden);
                }
            });
        }
        return forbidden.stream().distinct().toList();
    }

    private void need(String what, List<String> anyOf, List<String> forbidden) {
        if (anyOf.stream().noneMatch(this::lets)) {
            forbidden.add(what + " (" + anyOf.getFirst() + ")");
        }
    }

    /** Whether it lets a call through at all, somewhere. */
    private boolean lets(String call) {
        boolean let = false;
        boolean denied = false;
        for (SyscallRule rule : profile.rules()) {
            if (rule.names().contains(call)) {
                let |= rule.action().lets();
                denied |= !rule.action().lets() && rule.arguments().isEmpty() && !rule.isConditional();
            }
        }
        return let || (profile.defaultAction().lets() && !denied);
    }
}
