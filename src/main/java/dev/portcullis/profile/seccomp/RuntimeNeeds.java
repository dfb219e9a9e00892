package dev.portcullis.profile.seccomp;

import dev.portcullis.seccomp.Action;
import dev.portcullis.seccomp.RuntimeDefault;
import dev.portcullis.seccomp.SeccompProfile;
import dev.portcullis.seccomp.SyscallRule;
import java.util.List;

/** The least that runc and crun need between the moment a profile is in force and that at which the program begins. */
public final class RuntimeNeeds {
    private static final List<String> NAMES = List.of(
            "brk",
            "capget",
            "capset",
            "chdir",
            "clone",
            "clone3",
            "close",
            "close_range",
            "dup3",
            "epoll_ctl",
            "epoll_pwait",
            "execve",
            "exit",
            "exit_group",
            "faccessat2",
            "fchdir",
            "fchown",
            "fcntl",
            "fstat",
            "fstatfs",
            "futex",
            "getcwd",
            "getdents64",
            "getpid",
            "getppid",
            "gettid",
            "getuid",
            "ioctl",
            "lseek",
            "madvise",
            "mmap",
            "mprotect",
            "munmap",
            "nanosleep",
            "newfstatat",
            "openat",
            "openat2",
            "prctl",
            "read",
            "readlinkat",
            "rt_sigaction",
            "rt_sigprocmask",
            "rt_sigreturn",
            "sched_yield",
            "set_robust_list",
            "setgid",
            "setgroups",
            "setuid",
            "sigaltstack",
            "statx",
            "tgkill",
            "umask",
            "uname",
            "unlinkat",
            "write");

    private RuntimeNeeds() {}

    /** A profile that allows nothing else. */
    public static SeccompProfile profile() {
        SeccompProfile runtime = RuntimeDefault.profile();
        return new SeccompProfile(
                Action.ERRNO,
                runtime.defaultErrno(),
                List.of(),
                runtime.architectureMap(),
                List.of(),
                List.of(new SyscallRule(NAMES, Action.ALLOW, List.of())));
    }
}
