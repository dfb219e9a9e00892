package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Timestamps and durations. */
final class Times {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Pattern TIMESTAMP = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):"
            + "([0-9]{2})(?:[.,]([0-9]{1,60}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Map<String, String> OLD_ZONES = Map.of(
            "EST", "America/Panama", "MST", "America/Phoenix", "HST", "Pacific/Honolulu", "", "UTC", "Local", "UTC");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final Map<String, Long> UNITS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "\u00b5s",
            1_000L,
            "\u03bcs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);

    private Times() {}

    static Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>();
        part(operations, "getFullYear", LocalDateTime::getYear);
        part(operations, "getMonth", time -> time.getMonthValue() - 1L);
        part(operations, "getDayOfYear", time -> time.getDayOfYear() - 1L);
        part(operations, "getDayOfMonth", time -> time.getDayOfMonth() - 1L);
        part(operations, "getDate", LocalDateTime::getDayOfMonth);
        part(operations, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
        part(operations, "getHours", LocalDateTime::getHour, Duration::toHours);
        part(operations, "getMinutes", LocalDateTime::getMinute, Duration::toMinutes);
        part(operations, "getSeconds", LocalDateTime::getSecond, duration -> duration.toNanos() / 1_000_000_000);
        part(
                operations,
                "getMilliseconds",
                time -> time.get(ChronoField.MILLI_OF_SECOND),
                duration -> duration.toNanos() / 1_000_000);
        return operations;
    }

    private static void part(Map<String, Operation> operations, String name, ToLongFunction<LocalDateTime> ofTime) {
        operations.put(
                name + "/1",
                (in, meter) -> ofTime.applyAsLong(moment(in[0], name).utc()));
        operations.put(name + "/2", (in, meter) -> {
            Moment moment = moment(in[0], name);
            return ofTime.applyAsLong(moment.at(offset(Operation.text(in[1], name), moment.instant())));
        });
    }

    private static void part(
            Map<String, Operation> operations,
            String name,
            ToLongFunction<LocalDateTime> ofTime,
            ToLongFunction<Duration> ofDuration) {
        part(operations, name, ofTime);
        operations.put(
                name + "/1",
                (in, meter) -> in[0] instanceof Duration duration
                        ? ofDuration.applyAsLong(duration)
                        : ofTime.applyAsLong(moment(in[0], name).utc()));
    }

    private static Moment moment(Object value, String function) throws CelEvaluationException {
        if (value instanceof Moment moment) {
            return moment;
        }
        throw Operation.noOverload(function);
    }

    /** A zone's name, or hours and minutes; Go reads both loosely. */
    private static int offset(String zone, Instant instant) throws CelEvaluationException {
        int colon = zone.indexOf(':');
        if (colon >= 0) {
            int hours = count(zone.substring(0, colon));
            int minutes = count(zone.substring(colon + 1));
            return 60 * (hours * 60 + (zone.charAt(0) == '-' ? -minutes : minutes));
        }
        String name = OLD_ZONES.getOrDefault(zone, zone);
        if (!ZONES.contains(name)) {
            throw new CelEvaluationException("unknown time zone");
        }
        return ZoneId.of(name).getRules().getOffset(instant).getTotalSeconds();
    }

    private static int count(String text) throws CelEvaluationException {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        if (!NUMBER.matcher(digits).matches() || digits.length() > 5) {
            throw new CelEvaluationException("unknown time zone");
        }
        int value = Integer.parseInt(digits);
        return text.startsWith("-") ? -value : value;
    }

    static Object add(Object left, Object right) throws CelEvaluationException {
        return switch (left) {
            case Moment moment when right instanceof Duration duration -> shift(moment, duration);
            case Duration duration when right instanceof Moment moment -> shift(moment, duration);
            case Duration one when right instanceof Duration other -> checked(one.plus(other));
            default -> throw Operation.noOverload("_+_");
        };
    }

    static Object subtract(Object left, Object right) throws CelEvaluationException {
        return switch (left) {
            case Moment moment when right instanceof Duration duration -> shift(moment, duration.negated());
            case Moment one
            when right instanceof Moment other -> checked(Duration.between(other.instant(), one.instant()));
            case Duration one when right instanceof Duration other -> checked(one.minus(other));
            default -> throw Operation.noOverload("_-_");
        };
    }

    static Duration negate(Duration duration) throws CelEvaluationException {
        return checked(duration.negated());
    }

    private static Moment shift(Moment moment, Duration by) throws CelEvaluationException {
        return checked(moment.instant().plus(by), moment.offsetSeconds());
    }

    private static Moment checked(Instant instant, int offset) throws CelEvaluationException {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw Arithmetic.overflow("timestamp");
        }
        return new Moment(instant, offset);
    }

    /** Durations are a number of nanoseconds that an int holds. */
    private static Duration checked(Duration duration) throws CelEvaluationException {
        try {
            return Duration.ofNanos(duration.toNanos());
        } catch (ArithmeticException _) {
            throw Arithmetic.overflow("integer");
        }
    }

    static Moment ofSeconds(long seconds) throws CelEvaluationException {
        if (seconds < FIRST.getEpochSecond() || seconds > LAST.getEpochSecond()) {
            throw Arithmetic.overflow("timestamp");
        }
        return new Moment(Instant.ofEpochSecond(seconds), 0);
    }

    static Moment timestamp(String text) throws CelEvaluationException {
        Matcher matcher = TIMESTAMP.matcher(text);
        if (!matcher.matches()) {
            throw notATimestamp();
        }
        try {
            String fraction = matcher.group(7) == null ? "" : matcher.group(7);
            LocalDateTime local = LocalDateTime.of(
                    group(matcher, 1),
                    group(matcher, 2),
                    group(matcher, 3),
                    group(matcher, 4),
                    group(matcher, 5),
                    group(matcher, 6),
                    Integer.parseInt((fraction + "000000000").substring(0, 9)));
            int offset = offset(matcher);
            return checked(local.toInstant(ZoneOffset.UTC).minusSeconds(offset), offset);
        } catch (DateTimeException _) {
            throw notATimestamp();
        }
    }

    private static int offset(Matcher matcher) throws CelEvaluationException {
        if (matcher.group(8) == null) {
            return 0;
        }
        int hours = group(matcher, 9);
        int minutes = group(matcher, 10);
        if (hours > 24 || minutes > 60) {
            throw notATimestamp();
        }
        return (matcher.group(8).equals("-") ? -60 : 60) * (hours * 60 + minutes);
    }

    private static int group(Matcher matcher, int number) {
        return Integer.parseInt(matcher.group(number));
    }

    private static CelEvaluationException notATimestamp() {
        return new CelEvaluationException("invalid timestamp");
    }

    /** Numbers with units, such as {@code 1h30m}, {@code -1.5s} or {@code 0}. */
    static Duration duration(String text) throws CelEvaluationException {
        boolean negative = text.startsWith("-");
        int at = negative || text.startsWith("+") ? 1 : 0;
        if (text.length() > 200 || at == text.length()) {
            throw notADuration();
        }
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
                end++;
            }
            String number = text.substring(at, end);
            int unitEnd = end;
            while (unitEnd < text.length() && !isDigit(text.charAt(unitEnd)) && text.charAt(unitEnd) != '.') {
                unitEnd++;
            }
            Long unit = UNITS.get(text.substring(end, unitEnd));
            if (unit == null
                    || number.isEmpty()
                    || number.equals(".")
                    || number.indexOf('.') != number.lastIndexOf('.')) {
                throw notADuration();
            }
            BigDecimal part =
                    new BigDecimal(number.endsWith(".") ? number + "0" : number).multiply(BigDecimal.valueOf(unit));
            nanos = nanos.add(new BigDecimal(part.toBigInteger()));
            at = unitEnd;
        }
        try {
            return Duration.ofNanos((negative ? nanos.negate() : nanos).longValueExact());
        } catch (ArithmeticException _) {
            throw notADuration();
        }
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static CelEvaluationException notADuration() {
        return new CelEvaluationException("invalid duration");
    }

    /** Seconds, with as many digits as a double keeps. */
    static String text(Duration duration) {
        long nanos = duration.toNanos();
        long whole = nanos / 1_000_000_000;
        double seconds = whole + (nanos % 1_000_000_000) / 1e9;
        if (seconds == 0) {
            return "0s";
        }
        return new BigDecimal(Double.toString(seconds)).stripTrailingZeros().toPlainString() + "s";
    }
}
