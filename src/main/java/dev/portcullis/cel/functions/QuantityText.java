package dev.portcullis.cel.functions;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A quantity as it is written, taken apart: {@code -1.5Gi} has the whole digits {@code 1}, the decimals {@code 5} and stands
 * for 1.5 × 2^30. Kubernetes takes more than it documents: {@code 1.}, {@code .k} and {@code +} are quantities.
 *
 * @param number what stands before the suffix
 * @param whole digits before the point without leading zeros, at least one
 */
record QuantityText(boolean negative, String number, String whole, String decimals, Suffix suffix) {
    private static final String SUFFIX_LETTERS = "eEinumkKMGTP";
    private static final Map<String, Suffix> SUFFIXES = Map.ofEntries(
            decimal("n", -9),
            decimal("u", -6),
            decimal("m", -3),
            decimal("", 0),
            decimal("k", 3),
            decimal("M", 6),
            decimal("G", 9),
            decimal("T", 12),
            decimal("P", 15),
            decimal("E", 18),
            binary("Ki", 10),
            binary("Mi", 20),
            binary("Gi", 30),
            binary("Ti", 40),
            binary("Pi", 50),
            binary("Ei", 60));

    /** A power of two or of ten. */
    record Suffix(boolean binary, int power) {}

    /** Whether Kubernetes reads the text as a quantity, however long it is. */
    static boolean isValid(String text) {
        return read(text) != null;
    }

    static @Nullable QuantityText read(String text) {
        if (text.isEmpty()) {
            return null;
        }
        int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int digits = skip(text, start, "0");
        if (digits == text.length()) {
            return new QuantityText(false, "0", "0", "", new Suffix(false, 0));
        }
        int point = skipDigits(text, digits);
        boolean pointed = point < text.length() && text.charAt(point) == '.';
        int end = pointed ? skipDigits(text, point + 1) : point;
        Suffix suffix = suffix(text, end);
        if (suffix == null) {
            return null;
        }
        QuantityText read = new QuantityText(
                text.charAt(0) == '-',
                text.substring(0, end),
                digits == point ? "0" : text.substring(digits, point),
                pointed ? text.substring(point + 1, end) : "",
                suffix);
        return read.isShort() || hasDigit(read.number()) ? read : null;
    }

    /** Whether the digits with the suffix surely fit a long, so that Kubernetes computes with one. */
    boolean isShort() {
        int digits = whole.length() + decimals.length();
        if (!suffix.binary()) {
            return digits <= 18 && (long) suffix.power() - decimals.length() >= -9;
        }
        return decimals.isEmpty() && whole.length() + suffix.power() * 3 / 10 <= 14;
    }

    private static @Nullable Suffix suffix(String text, int start) {
        int sign = skip(text, start, SUFFIX_LETTERS);
        boolean signed = sign < text.length() && (text.charAt(sign) == '-' || text.charAt(sign) == '+');
        if (skipDigits(text, signed ? sign + 1 : sign) < text.length()) {
            return null;
        }
        String suffix = text.substring(start);
        Suffix known = SUFFIXES.get(suffix);
        if (known != null) {
            return known;
        }
        return suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E')
                ? exponent(suffix.substring(1))
                : null;
    }

    /** Kubernetes reads 64 bits and keeps the lower 32. */
    private static @Nullable Suffix exponent(String text) {
        try {
            return new Suffix(false, (int) Long.parseLong(text));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static boolean hasDigit(String number) {
        return number.chars().anyMatch(QuantityText::isDigit);
    }

    private static int skipDigits(String text, int start) {
        int at = start;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skip(String text, int start, String skipped) {
        int at = start;
        while (at < text.length() && skipped.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static Map.Entry<String, Suffix> decimal(String text, int power) {
        return Map.entry(text, new Suffix(false, power));
    }

    private static Map.Entry<String, Suffix> binary(String text, int power) {
        return Map.entry(text, new Suffix(true, power));
    }
}
