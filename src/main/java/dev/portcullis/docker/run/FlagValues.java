package dev.portcullis.docker.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of flags as the docker client reads them. */
final class FlagValues {
    private static final Pattern WHOLE = Pattern.compile("[+-]?(?:0|[1-9][0-9]{0,17})");
    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,18})?|\\.[0-9]{1,18}) ?([bkmgtp]?)(i?b)?");
    private static final Pattern DECIMAL = Pattern.compile("\\+?(?:[0-9]{1,9}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})");
    private static final Pattern DURATION =
            Pattern.compile("\\+?(?:0|(?:(?:[0-9]{1,9}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})(?:ns|us|µs|ms|s|m|h)){1,20})");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");
    private static final String UNITS = "bkmgtp";
    private static final int KIBI = 1024;

    private FlagValues() {}

    /** A name and what follows the first equals sign; nothing where there is none. */
    record Pair(String name, String value, boolean complete) {
        static Pair of(String text, char separator) {
            int at = text.indexOf(separator);
            return at < 0 ? new Pair(text, "", false) : new Pair(text.substring(0, at), text.substring(at + 1), true);
        }
    }

    static boolean bool(Given given, String text) throws RunLineException {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default -> throw given.refuse("says " + RunLineException.quoted(text), "write true or false");
        };
    }

    static long whole(Given given, String text, long least, long most) throws RunLineException {
        if (WHOLE.matcher(text).matches()) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw given.refuse("says " + RunLineException.quoted(text), "write a whole number in range");
    }

    static long whole(Given given) throws RunLineException {
        return whole(given, given.value(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Bytes, each unit 1024 of the one before. */
    static long bytes(Given given, String text) throws RunLineException {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()
                || ("b".equals(size.group(2)) && size.group(3) != null)
                || (size.group(2).isEmpty() && "ib".equals(size.group(3)))) {
            throw given.refuse("says " + RunLineException.quoted(text), "write a size, such as 256m");
        }
        BigDecimal bytes = new BigDecimal(size.group(1));
        for (int i = 0; i < UNITS.indexOf(size.group(2)); i++) {
            bytes = bytes.multiply(BigDecimal.valueOf(KIBI));
        }
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw given.refuse("says " + RunLineException.quoted(text), "write a smaller size");
        }
        return bytes.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** Billionths of a CPU. */
    static long nanos(Given given) throws RunLineException {
        if (!DECIMAL.matcher(given.value()).matches()) {
            throw given.refuseValue("write a decimal number of CPUs, such as 1.5");
        }
        return new BigDecimal(given.value()).movePointRight(9).longValueExact();
    }

    /** Nanoseconds of a duration, {@code 1m30s}. */
    static long duration(Given given) throws RunLineException {
        if (DURATION.matcher(given.value()).matches()) {
            BigDecimal sum = PART.matcher(given.value())
                    .results()
                    .map(part -> new BigDecimal(part.group(1)).multiply(nanoseconds(part.group(2))))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return sum.longValue();
            }
        }
        throw given.refuseValue("write a duration, such as 30s or 1m30s");
    }

    private static BigDecimal nanoseconds(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "h" -> 3_600_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "ms" -> 1_000_000L;
                    case "ns" -> 1L;
                    default -> 1_000L;
                });
    }

    /** The fields of one line of comma-separated values (RFC 4180), as Go's {@code encoding/csv} reads it. */
    static List<String> fields(Given given, String text) throws RunLineException {
        // The client passes over all lines but the first.
        if (text.indexOf('\n') >= 0) {
            throw given.refuseValue("write it on one line");
        }
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            if (at < text.length() && text.charAt(at) == '"') {
                at = quotedField(given, text, at + 1, field);
            } else {
                int comma = text.indexOf(',', at);
                int end = comma < 0 ? text.length() : comma;
                field.append(text, at, end);
                if (field.indexOf("\"") >= 0) {
                    throw given.refuseValue("quote whole fields, \"a=b,c\"");
                }
                at = end;
            }
            fields.add(field.toString());
            if (at == text.length()) {
                return fields;
            }
            at++;
        }
    }

    /** @return where the field ends: at a comma, or at the end of the text */
    private static int quotedField(Given given, String text, int from, StringBuilder field) throws RunLineException {
        int at = from;
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                throw given.refuseValue("close the quote within it");
            }
            field.append(text, at, quote);
            at = quote + 1;
            if (at == text.length() || text.charAt(at) == ',') {
                return at;
            }
            if (text.charAt(at) != '"') {
                throw given.refuseValue("quote whole fields, \"a=b,c\"");
            }
            field.append('"');
            at++;
        }
    }
}
