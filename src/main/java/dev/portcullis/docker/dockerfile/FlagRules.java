package dev.portcullis.docker.dockerfile;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which flags each instruction takes, and with what values. */
final class FlagRules {
    private enum Kind {
        SWITCH,
        ONCE,
        REPEATED
    }

    private static final Map<String, Map<String, Kind>> FLAGS = Map.of(
            "ADD",
            Map.of(
                    "chown", Kind.ONCE,
                    "chmod", Kind.ONCE,
                    "link", Kind.SWITCH,
                    "keep-git-dir", Kind.SWITCH,
                    "checksum", Kind.ONCE,
                    "unpack", Kind.SWITCH,
                    "exclude", Kind.REPEATED),
            "COPY",
            Map.of(
                    "chown", Kind.ONCE,
                    "from", Kind.ONCE,
                    "chmod", Kind.ONCE,
                    "link", Kind.SWITCH,
                    "parents", Kind.SWITCH,
                    "exclude", Kind.REPEATED),
            "FROM",
            Map.of("platform", Kind.ONCE),
            "HEALTHCHECK",
            Map.of(
                    "interval", Kind.ONCE,
                    "timeout", Kind.ONCE,
                    "start-period", Kind.ONCE,
                    "start-interval", Kind.ONCE,
                    "retries", Kind.ONCE),
            "RUN",
            Map.of(
                    "mount", Kind.REPEATED,
                    "network", Kind.ONCE,
                    "security", Kind.ONCE,
                    "device", Kind.REPEATED));

    private static final Set<String> SWITCHES = Set.of("", "true", "false");
    private static final Pattern DURATION =
            Pattern.compile("[-+]?(?:0|(?:(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:ns|us|µs|μs|ms|s|m|h))++)");
    private static final Pattern ZERO = Pattern.compile("[-+]?[0.a-zµμ]*+");
    private static final Pattern TOO_SHORT = Pattern.compile("-.*|[+]?[0-9.]++(?:ns|us|µs|μs)");
    private static final Pattern RETRIES = Pattern.compile("[+]?[0-9]++|-0++");

    private FlagRules() {}

    static void check(Instruction instruction) throws Misread {
        Map<String, Kind> known = FLAGS.getOrDefault(instruction.keyword(), Map.of());
        Set<String> used = new HashSet<>();
        for (String flag : instruction.flags()) {
            int equals = flag.indexOf('=');
            String name = flag.substring(2, equals < 0 ? flag.length() : equals);
            String value = equals < 0 ? "" : flag.substring(equals + 1);
            Kind kind = known.get(name);
            if (kind == null) {
                throw new Misread("unknown flag: --" + name, Keywords.didYouMean(name, known.keySet(), "take it out"));
            }
            if (!used.add(name) && kind != Kind.REPEATED) {
                throw new Misread("duplicate flag specified: --" + name, "give it once");
            }
            if (kind == Kind.SWITCH ? equals >= 0 && value.isEmpty() : equals < 0) {
                throw new Misread("missing a value on flag: --" + name, "write --" + name + "=VALUE");
            }
            if (kind == Kind.SWITCH && !SWITCHES.contains(GoSpace.lower(value))) {
                throw new Misread("expecting boolean value for flag --" + name, "write true or false");
            }
        }
        values(instruction);
    }

    /** Where a flag is given twice, each of its values is read. */
    private static void values(Instruction instruction) throws Misread {
        for (String flag : instruction.flags()) {
            int equals = flag.indexOf('=');
            String value = flag.substring(equals + 1);
            switch (instruction.keyword() + " " + flag.substring(0, Math.max(0, equals))) {
                case "RUN --network" -> oneOf(flag, value, List.of("default", "none", "host"));
                case "RUN --security" -> oneOf(flag, value, List.of("sandbox", "insecure"));
                case "RUN --mount" -> RunFlags.mount(value);
                case "RUN --device" -> RunFlags.device(value);
                case "HEALTHCHECK --interval",
                        "HEALTHCHECK --timeout",
                        "HEALTHCHECK --start-period",
                        "HEALTHCHECK --start-interval" -> duration(value);
                case "HEALTHCHECK --retries" -> retries(value);
                default -> {
                    // any text will do
                }
            }
        }
    }

    private static void oneOf(String flag, String value, List<String> allowed) throws Misread {
        if (!allowed.contains(value)) {
            throw new Misread(flag + " is not valid", "use one of " + String.join(", ", allowed));
        }
    }

    private static void duration(String value) throws Misread {
        boolean fine = value.isEmpty() || DURATION.matcher(value).matches();
        boolean zero = ZERO.matcher(value).matches();
        if (!fine || (!zero && TOO_SHORT.matcher(value).matches())) {
            throw new Misread("a duration of HEALTHCHECK is not valid", "write at least 1ms, such as 30s or 1m30s");
        }
    }

    private static void retries(String value) throws Misread {
        boolean number = RETRIES.matcher(value).matches();
        String digits = value.toLowerCase(Locale.ROOT).replaceFirst("^[-+]?0*", "");
        if (!value.isEmpty()
                && (!number
                        || digits.length() > 10
                        || (!digits.isEmpty() && Long.parseLong(digits) > Integer.MAX_VALUE))) {
            throw new Misread("--retries is no whole number from 0 up", "write --retries=3");
        }
    }
}
