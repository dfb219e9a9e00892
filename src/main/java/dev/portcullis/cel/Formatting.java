package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code '...'.format([...])}. */
final class Formatting {
    private static final int PRECISION = 6;
    private static final int MAX_PRECISION = 1000;

    private final StringBuilder out = new StringBuilder();
    private final Meter meter;

    private Formatting(Meter meter) {
        this.meter = meter;
    }

    static Map<String, Operation> operations() {
        return Map.of("format/2", (in, meter) -> {
            if (!(in[1] instanceof List<?> list)) {
                throw Operation.noOverload("format");
            }
            return new Formatting(meter).format(Operation.text(in[0], "format"), list);
        });
    }

    /** How many arguments a format asks for, as far as it is well-formed. */
    static int argumentsOf(String format) {
        int count = 0;
        for (int i = format.indexOf('%'); i >= 0 && i + 1 < format.length(); i = format.indexOf('%', i)) {
            count += format.charAt(i + 1) == '%' ? 0 : 1;
            i += 2;
        }
        return count;
    }

    private String format(String format, List<?> arguments) throws CelEvaluationException {
        meter.chargeText(format.length());
        int argument = 0;
        int i = 0;
        while (i < format.length()) {
            int percent = format.indexOf('%', i);
            if (percent < 0) {
                out.append(format, i, format.length());
                break;
            }
            out.append(format, i, percent);
            i = percent + 1;
            if (i < format.length() && format.charAt(i) == '%') {
                out.append('%');
                i++;
                continue;
            }
            if (argument >= arguments.size()) {
                throw new CelEvaluationException("index " + argument + " out of range");
            }
            i = clause(format, i, arguments.get(argument++));
            Meter.checkTextLength(out.length());
        }
        return meter.text(out.toString());
    }

    private int clause(String format, int at, Object value) throws CelEvaluationException {
        int i = at;
        int precision = PRECISION;
        if (i < format.length() && format.charAt(i) == '.') {
            int end = i + 1;
            while (end < format.length() && format.charAt(end) >= '0' && format.charAt(end) <= '9') {
                end++;
            }
            precision = precision(format.substring(i + 1, end));
            i = end;
        }
        if (i >= format.length()) {
            throw new CelEvaluationException("unexpected end of string");
        }
        int start = out.length();
        switch (format.charAt(i)) {
            case 's' -> out.append(string(value));
            case 'd' -> out.append(decimal(value));
            case 'f' -> out.append(fixed(value, precision));
            case 'e' -> out.append(scientific(value, precision));
            case 'b' -> out.append(radix(value, 2));
            case 'o' -> out.append(radix(value, 8));
            case 'x' -> out.append(hexadecimal(value));
            case 'X' -> out.append(hexadecimal(value).toUpperCase(Locale.ROOT));
            default -> throw new CelEvaluationException("unrecognized formatting clause");
        }
        meter.chargeText(out.length() - start);
        return i + 1;
    }

    private static int precision(String digits) throws CelEvaluationException {
        if (digits.isEmpty() || digits.length() > 9 || Integer.parseInt(digits) > MAX_PRECISION) {
            throw new CelEvaluationException("the precision must be at most " + MAX_PRECISION);
        }
        return Integer.parseInt(digits);
    }

    private String string(Object value) throws CelEvaluationException {
        return switch (value) {
            case List<?> _, Map<?, ?> _ -> {
                StringBuilder text = new StringBuilder();
                literal(value, text);
                yield text.toString();
            }
            case NullValue _ -> "null";
            default -> Conversions.string(value);
        };
    }

    /** As it would be written in an expression, inside of a list or map. */
    private void literal(Object value, StringBuilder text) throws CelEvaluationException {
        meter.step();
        Meter.checkTextLength(text.length());
        switch (value) {
            case String string -> quoted(string, text);
            case CelByteString _ -> quoted(Conversions.string(value), text.append('b'));
            case Double number
            when Double.isNaN(number) || Double.isInfinite(number) ->
                text.append('"').append(Numbers.text(number)).append('"');
            case Double number -> text.append(Numbers.fixed(number, PRECISION));
            case Moment moment -> text.append("timestamp(\"").append(moment).append("\")");
            case Duration duration ->
                text.append("duration(\"").append(Times.text(duration)).append("\")");
            case Long _, UnsignedLong _, Boolean _, TypeType _ -> text.append(Conversions.string(value));
            case NullValue _ -> text.append("null");
            case List<?> list -> elements(list, text);
            case Map<?, ?> map -> entries(map, text);
            default -> throw Operation.noOverload("format");
        }
    }

    private void elements(List<?> list, StringBuilder text) throws CelEvaluationException {
        text.append('[');
        String separator = "";
        for (Object element : list) {
            text.append(separator);
            literal(element, text);
            separator = ", ";
        }
        text.append(']');
    }

    private void entries(Map<?, ?> map, StringBuilder text) throws CelEvaluationException {
        List<Map.Entry<String, Object>> entries = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            StringBuilder key = new StringBuilder();
            literal(entry.getKey(), key);
            entries.add(Map.entry(key.toString(), entry.getValue()));
        }
        meter.charge(entries.size() * 4L);
        entries.sort((one, other) -> Comparison.compare(one.getKey(), other.getKey(), meter));
        text.append('{');
        String separator = "";
        for (Map.Entry<String, Object> entry : entries) {
            text.append(separator).append(entry.getKey()).append(':');
            literal(entry.getValue(), text);
            separator = ", ";
        }
        text.append('}');
    }

    /** As Go quotes: what cannot be printed becomes an escape. */
    private void quoted(String string, StringBuilder text) {
        meter.chargeText(string.length());
        text.append('"');
        for (int i = 0; i < string.length(); ) {
            int character = string.codePointAt(i);
            int escaped = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(character);
            if (escaped >= 0) {
                text.append('\\').append("abfnrtv\\\"".charAt(escaped));
            } else if (isPrinted(character)) {
                text.appendCodePoint(character);
            } else if (character < 0x80) {
                text.append("\\x%02x".formatted(character));
            } else {
                text.append((character < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(character));
            }
            i += Character.charCount(character);
        }
        text.append('"');
    }

    private static boolean isPrinted(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }

    private static String decimal(Object value) throws CelEvaluationException {
        if (value instanceof Long || value instanceof UnsignedLong) {
            return value.toString();
        }
        throw notFor("decimal", "integers");
    }

    private static String fixed(Object value, int precision) throws CelEvaluationException {
        double number = number(value, "fixed-point");
        String special = special(number);
        if (special != null) {
            return special;
        }
        String digits = Numbers.fixed(Math.abs(number), precision);
        int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
        StringBuilder grouped = new StringBuilder(digits);
        for (int i = point - 3; i > 0; i -= 3) {
            grouped.insert(i, ',');
        }
        return (number == 0 ? "" : sign(number)) + grouped;
    }

    /** The precision is taken for the least width, which Kubernetes does too. */
    private static String scientific(Object value, int precision) throws CelEvaluationException {
        double number = number(value, "scientific");
        String special = special(number);
        if (special != null) {
            return padded(special, precision);
        }
        BigDecimal exact = new BigDecimal(Math.abs(number));
        BigDecimal rounded = exact.round(new MathContext(PRECISION + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(PRECISION, RoundingMode.HALF_EVEN)
                .toPlainString();
        StringBuilder text = new StringBuilder(sign(number)).append(mantissa).append("×10");
        text.append(exponent < 0 ? "⁻" : "");
        for (char digit : "%02d".formatted(Math.abs(exponent)).toCharArray()) {
            text.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return padded(text.toString(), precision);
    }

    private static String padded(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static double number(Object value, String clause) throws CelEvaluationException {
        return switch (value) {
            case Double number -> number;
            case String text when text.equals("NaN") -> Double.NaN;
            case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
            case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
            default -> throw notFor(clause, "doubles");
        };
    }

    private static @Nullable String special(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return Double.isInfinite(number) ? sign(number) + "∞" : null;
    }

    private static String sign(double number) {
        return Double.doubleToRawLongBits(number) < 0 ? "-" : "";
    }

    private static String radix(Object value, int radix) throws CelEvaluationException {
        return switch (value) {
            case Long number -> Long.toString(number, radix);
            case UnsignedLong number -> number.toString(radix);
            case Boolean truth when radix == 2 -> truth ? "1" : "0";
            default -> throw notFor(radix == 2 ? "binary" : "octal", "integers");
        };
    }

    private static String hexadecimal(Object value) throws CelEvaluationException {
        return switch (value) {
            case Long number -> Long.toString(number, 16);
            case UnsignedLong number -> number.toString(16);
            case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
            case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            default -> throw notFor("hex", "integers, bytes and text");
        };
    }

    private static CelEvaluationException notFor(String clause, String what) {
        return new CelEvaluationException(clause + " clause can only be used on " + what);
    }
}
