package dev.portcullis.seccomp;

import dev.portcullis.workload.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * System calls as a person names them: {@code mount}, {@code @module}, {@code socket if arg0 == 16 and arg1 & 0xf == 3}.
 *
 * @param arguments all of which must hold
 */
public record SyscallChoice(Set<String> names, List<ArgumentFilter> arguments) {
    private static final int LONGEST_QUOTE = 100;
    private static final Pattern CHOICE = Pattern.compile("\\s*(@?[a-z0-9_-]+)\\s*(?:\\sif\\s+(.+))?");
    private static final Pattern COMPARISON =
            Pattern.compile("arg([0-5])\\s*(==|!=|<=|>=|<|>|&)\\s*(\\w+)(?:\\s*==\\s*(\\w+))?");

    /**
     * Reads one.
     *
     * @param where the place it stands at
     */
    public static SyscallChoice of(String where, String text) throws SeccompException {
        Matcher choice = CHOICE.matcher(text);
        if (!choice.matches()) {
            throw wrong(where, text, "is neither a system call nor a group", "write NAME, @GROUP or NAME if arg0 == 1");
        }
        List<ArgumentFilter> arguments = new ArrayList<>();
        if (choice.group(2) != null) {
            for (String comparison : choice.group(2).split("\\s+and\\s+", -1)) {
                arguments.add(comparison(where, text, comparison.strip()));
            }
        }
        if (arguments.stream().map(ArgumentFilter::index).distinct().count() < arguments.size()) {
            throw wrong(where, text, "compares an argument twice, which runtimes take for two rules", "write one");
        }
        return new SyscallChoice(names(where, text, choice.group(1)), List.copyOf(arguments));
    }

    private static Set<String> names(String where, String text, String name) throws SeccompException {
        if (name.startsWith("@")) {
            return new TreeSet<>(SyscallGroups.of(name)
                    .orElseThrow(() -> wrong(
                            where,
                            text,
                            "is no group",
                            "use one of "
                                    + String.join(", ", SyscallGroups.all().keySet()))));
        }
        if (!Syscalls.isKnown(name)) {
            throw wrong(where, text, "names no system call of Linux", "write it as strace does");
        }
        return Set.of(name);
    }

    private static ArgumentFilter comparison(String where, String text, String comparison) throws SeccompException {
        Matcher parts = COMPARISON.matcher(comparison);
        ArgumentFilter.Operator operator = parts.matches()
                ? ArgumentFilter.Operator.ofSign(parts.group(2)).orElseThrow()
                : ArgumentFilter.Operator.EQUAL;
        boolean masked = operator == ArgumentFilter.Operator.MASKED_EQUAL;
        if (!parts.matches() || masked == (parts.group(4) == null)) {
            throw wrong(where, text, "compares nothing", "write arg0 == 1, arg1 != 2, or arg2 & 0xff == 3");
        }
        try {
            return new ArgumentFilter(
                    Integer.parseInt(parts.group(1)),
                    operator,
                    number(parts.group(3)),
                    masked ? number(parts.group(4)) : 0);
        } catch (NumberFormatException e) {
            throw wrong(where, text, "compares with no number", "write 16 or 0x10");
        }
    }

    private static long number(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
    }

    private static SeccompException wrong(String where, String text, String problem, String remedy) {
        return new SeccompException(where + " \"" + Printable.text(text, LONGEST_QUOTE) + "\"", problem, remedy);
    }
}
