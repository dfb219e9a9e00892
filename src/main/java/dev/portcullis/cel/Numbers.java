package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers from text and back, as Go reads and writes them. */
final class Numbers {
    private static final int LONGEST = 1000;
    private static final int WHOLE_DIGITS = 6;
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]++");
    private static final Pattern UNSIGNED = Pattern.compile("[0-9]++");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
    private static final Pattern HEXADECIMAL =
            Pattern.compile("[+-]?0[xX](?:[0-9a-fA-F]++(?:\\.[0-9a-fA-F]*+)?|\\.[0-9a-fA-F]++)[pP][+-]?[0-9]++");
    private static final Pattern SEPARATOR = Pattern.compile("(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])");
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(?:inity)?");

    private Numbers() {}

    static long integer(String text) throws CelEvaluationException {
        if (text.length() <= LONGEST && INTEGER.matcher(text).matches()) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException _) {
                throw notA("int");
            }
        }
        throw notA("int");
    }

    static UnsignedLong unsigned(String text) throws CelEvaluationException {
        if (text.length() <= LONGEST && UNSIGNED.matcher(text).matches()) {
            BigInteger value = new BigInteger(text);
            if (value.bitLength() <= 64) {
                return UnsignedLong.valueOf(value);
            }
        }
        throw notA("uint");
    }

    static double decimal(String text) throws CelEvaluationException {
        if (text.length() > LONGEST) {
            throw notA("double");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("nan")) {
            return Double.NaN;
        }
        if (INFINITE.matcher(lower).matches()) {
            return lower.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        String bare = text.indexOf('_') < 0 ? text : SEPARATOR.matcher(text).replaceAll("");
        if (!DECIMAL.matcher(bare).matches() && !HEXADECIMAL.matcher(bare).matches()) {
            throw notA("double");
        }
        double value = Double.parseDouble(bare);
        if (Double.isInfinite(value)) {
            throw notA("double");
        }
        return value;
    }

    private static CelEvaluationException notA(String type) {
        return new CelEvaluationException("type conversion error from 'string' to '" + type + "'");
    }

    static long integer(double value) throws CelEvaluationException {
        if (value > -0x1p63 && value < 0x1p63) {
            return (long) value;
        }
        throw Arithmetic.overflow("integer");
    }

    static UnsignedLong unsigned(double value) throws CelEvaluationException {
        if (value >= 0 && value < 0x1p64) {
            return UnsignedLong.valueOf(new BigDecimal(value).toBigInteger());
        }
        throw Arithmetic.overflow("unsigned integer");
    }

    /** The shortest digits that give the same number again, with an exponent below 0.0001 and from 1e+06 on. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < WHOLE_DIGITS) {
            return sign + shortest.toPlainString();
        }
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** Java writes two digits where one would do. */
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value));
        BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return (one.doubleValue() == value ? one : digits).stripTrailingZeros();
    }

    /** With that many digits after the point, rounded as its exact value has it. */
    static String fixed(double value, int precision) {
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        return sign
                + new BigDecimal(Math.abs(value))
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }
}
