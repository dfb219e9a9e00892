package dev.portcullis.kubernetes;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts as {@code k8s.io/apimachinery} writes them: {@code 256Mi}, {@code 500m}, {@code 1e3}. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile(
            "(?<number>[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]{1,4}+)?)(?<unit>[A-Za-z]*+)");

    private static final long KIBI = 1024;
    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

    private Quantity() {}

    /** A number of bytes in the largest unit that leaves it whole: {@code 64Mi}. */
    static String ofBytes(long bytes) {
        long number = bytes;
        int unit = 0;
        while (number != 0 && number % KIBI == 0 && unit < BINARY.length - 1) {
            number /= KIBI;
            unit++;
        }
        return number + BINARY[unit];
    }

    /** A number of thousandths: {@code 500m}, {@code 2}. */
    static String ofThousandths(long thousandths) {
        return thousandths % 1000 == 0 ? Long.toString(thousandths / 1000) : thousandths + "m";
    }

    /** The larger of two, as it is written; one that is none, or is not there, is never the larger. */
    static String larger(String one, @Nullable String other) {
        BigDecimal value = value(one);
        BigDecimal otherValue = other == null ? null : value(other);
        return other != null && otherValue != null && value != null && otherValue.compareTo(value) > 0 ? other : one;
    }

    private static @Nullable BigDecimal value(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(form.group("number"));
        String unit = form.group("unit");
        Integer power = DECIMAL.get(unit);
        if (power != null) {
            return number.scaleByPowerOfTen(power);
        }
        for (int i = 1; i < BINARY.length; i++) {
            if (BINARY[i].equals(unit)) {
                return number.multiply(BigDecimal.valueOf(KIBI).pow(i));
            }
        }
        return null;
    }
}
