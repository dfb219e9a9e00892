package dev.portcullis.profile.seccomp;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.seccomp.ProfileReader;
import dev.portcullis.seccomp.SeccompException;
import dev.portcullis.seccomp.SyscallRule;
import dev.portcullis.seccomp.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which system calls were made: from what strace writes, its summary (-c) too, from an audit log, as it is or interpreted,
 * and from the profile that oci-seccomp-bpf-hook makes.
 */
public final class Recording {
    /** What may stand before a call: a process, a time. */
    private static final Pattern STRACE =
            Pattern.compile("(?:\\[pid +\\d+\\] +|\\d+ +)?(?:\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? +|\\d+\\.\\d+ +)?"
                    + "(?:<\\.\\.\\. +)?([a-z_][a-z0-9_]*)(?:\\(| resumed>).*");

    /** Share, seconds, microseconds a call, calls, errors if any, name. */
    private static final Pattern SUMMARY =
            Pattern.compile(" *\\d+\\.\\d+ +\\d+\\.\\d+ +\\d+ +\\d+ +(?:\\d+ +)?([a-z_][a-z0-9_]*) *");

    private static final Pattern AUDIT = Pattern.compile(".*(?:type=(?:SECCOMP|SYSCALL|1326|1300)\\b).*");

    private static final Pattern ARCHITECTURE = Pattern.compile("\\barch=(\\w+)");
    private static final Pattern NUMBER = Pattern.compile("\\bsyscall=(\\w+)");

    /** Linux's numbers for architectures, AUDIT_ARCH_*, and the names that interpreted logs have. */
    private static final Map<String, String> ARCHITECTURES = Map.ofEntries(
            Map.entry("c000003e", "amd64"),
            Map.entry("x86_64", "amd64"),
            Map.entry("40000003", "x86"),
            Map.entry("i386", "x86"),
            Map.entry("c00000b7", "arm64"),
            Map.entry("aarch64", "arm64"),
            Map.entry("40000028", "arm"),
            Map.entry("arm", "arm"),
            Map.entry("c0000015", "ppc64le"),
            Map.entry("ppc64le", "ppc64le"),
            Map.entry("80000016", "s390x"),
            Map.entry("s390x", "s390x"),
            Map.entry("c00000f3", "riscv64"),
            Map.entry("riscv64", "riscv64"),
            Map.entry("c0000102", "loongarch64"),
            Map.entry("loongarch64", "loongarch64"));

    /** Numbers of x86-64's second interface have this bit. */
    private static final int X32 = 0x40000000;

    private final String source;
    private final NavigableSet<String> names = new TreeSet<>();

    private Recording(String source) {
        this.source = source;
    }

    /**
     * The calls that were made.
     *
     * @param source where the text came from, as the user named it
     */
    public static NavigableSet<String> read(String source, byte[] text) throws ProfileException {
        Recording recording = new Recording(source);
        String content = new String(text, StandardCharsets.UTF_8);
        if (content.stripLeading().startsWith("{")) {
            recording.profile(text);
        } else {
            List<String> lines = content.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                recording.line(lines.get(i), i + 1);
            }
        }
        if (recording.names.isEmpty()) {
            throw new ProfileException(
                    source,
                    "holds no system call",
                    "give what strace -f -o FILE writes, lines of an audit log with SECCOMP or SYSCALL, or the profile that"
                            + " oci-seccomp-bpf-hook makes");
        }
        return recording.names;
    }

    private void profile(byte[] json) throws ProfileException {
        try {
            for (SyscallRule rule : ProfileReader.read(json).rules()) {
                if (rule.action().lets()) {
                    for (String name : rule.names()) {
                        add(name, source);
                    }
                }
            }
        } catch (UnreadableException | SeccompException wrong) {
            throw new ProfileException(source, "is no profile", String.valueOf(wrong.getMessage()));
        }
    }

    private void line(String line, int number) throws ProfileException {
        String where = source + ", line " + number + ",";
        if (AUDIT.matcher(line).matches()) {
            audit(line, where);
            return;
        }
        Matcher call = STRACE.matcher(line);
        Matcher row = SUMMARY.matcher(line);
        if (call.matches()) {
            add(call.group(1), where);
        } else if (row.matches() && !row.group(1).equals("total")) {
            add(row.group(1), where);
        }
    }

    private void audit(String line, String where) throws ProfileException {
        Matcher architecture = ARCHITECTURE.matcher(line);
        Matcher syscall = NUMBER.matcher(line);
        if (!architecture.find() || !syscall.find()) {
            return;
        }
        String said = syscall.group(1);
        if (!said.chars().allMatch(Character::isDigit)) {
            add(said, where);
            return;
        }
        String known = ARCHITECTURES.get(architecture.group(1));
        if (known == null) {
            throw new ProfileException(
                    where, "is of an architecture that is not known here", "interpret the log with ausearch -i");
        }
        try {
            int asked = Integer.parseInt(said);
            int plain = known.equals("amd64") ? asked & ~X32 : asked;
            names.add(Syscalls.name(known, plain).orElseThrow(NumberFormatException::new));
        } catch (NumberFormatException none) {
            throw new ProfileException(
                    where,
                    "has the number " + said + ", which no system call of " + known + " has",
                    "take the line out");
        }
    }

    private void add(String name, String where) throws ProfileException {
        if (!Syscalls.isKnown(name)) {
            throw new ProfileException(
                    where, "names " + name + ", which is no system call of Linux", "take the line out");
        }
        names.add(name);
    }
}
