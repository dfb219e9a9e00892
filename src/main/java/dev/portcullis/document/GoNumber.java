package dev.portcullis.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers as Go's {@code strconv} and {@code encoding/json} read and write them. */
final class GoNumber {
    private static final BigInteger MIN = BigInteger.TWO.pow(63).negate();
    private static final int MAX_BITS = 64;

    private GoNumber() {}

    /** An integer as {@code go.yaml.in/yaml/v2} reads it, which takes {@code 0b-101} too; null for what is none. */
    static @Nullable BigInteger integer(String text) {
        boolean signAfterPrefix = text.startsWith("0b-") || text.startsWith("0b+");
        if (!signAfterPrefix) {
            return prefixed(text);
        }
        BigInteger magnitude = digits(text.substring(3), 2);
        BigInteger number = magnitude != null && text.charAt(2) == '-' ? magnitude.negate() : magnitude;
        return number == null || number.bitLength() > 63 ? null : number;
    }

    /**
     * {@code ParseInt(text, 0, 64)}, else {@code ParseUint(text, 0, 64)}: a sign, then a base by prefix (0b, 0o or 0, 0x); null
     * for what is no such integer.
     */
    private static @Nullable BigInteger prefixed(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        BigInteger magnitude = magnitude(text.substring(signed ? 1 : 0));
        if (magnitude == null) {
            return null;
        }
        BigInteger number = text.startsWith("-") ? magnitude.negate() : magnitude;
        boolean isUnsigned = number.signum() > 0 && number.bitLength() > 63;
        return number.compareTo(MIN) < 0 || (isUnsigned && signed) ? null : number;
    }

    private static @Nullable BigInteger magnitude(String text) {
        if (!text.startsWith("0")) {
            return digits(text, 10);
        }
        return switch (text.length() < 3 ? '0' : text.charAt(1)) {
            case 'b', 'B' -> digits(text.substring(2), 2);
            case 'o', 'O' -> digits(text.substring(2), 8);
            case 'x', 'X' -> digits(text.substring(2), 16);
            default -> digits(text, 8);
        };
    }

    private static @Nullable BigInteger digits(String text, int base) {
        if (text.isEmpty()) {
            return null;
        }
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 'z' || Character.digit(c, base) < 0) {
                return null;
            }
            if (c == '0' && start == i) {
                start++;
            }
        }
        if (text.length() - start > MAX_BITS) {
            return null;
        }
        BigInteger number = start == text.length() ? BigInteger.ZERO : new BigInteger(text.substring(start), base);
        return number.bitLength() > MAX_BITS ? null : number;
    }

    /** A finite number as JSON text would carry it: an integer where Go writes one. */
    static JsonNode asJson(double number) {
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (shortest.scale() > 0 || Math.abs(number) >= 1e21) {
            return JsonNodeFactory.instance.numberNode(shortest);
        }
        return node(shortest.toBigInteger());
    }

    /** An integer in the smallest node that holds it. */
    static JsonNode node(BigInteger integer) {
        if (integer.bitLength() < 32) {
            return JsonNodeFactory.instance.numberNode(integer.intValue());
        }
        return integer.bitLength() < 64
                ? JsonNodeFactory.instance.numberNode(integer.longValue())
                : JsonNodeFactory.instance.numberNode(integer);
    }

    /** {@code FormatFloat(number, 'g', -1, 32)}, infinities and NaN as YAML writes them. */
    static String asKey(double number) {
        float single = (float) number;
        if (Float.isNaN(single)) {
            return ".nan";
        }
        String sign = Float.floatToRawIntBits(single) < 0 ? "-" : "";
        if (Float.isInfinite(single)) {
            return sign + ".inf";
        }
        BigDecimal shortest = new BigDecimal(Float.toString(Math.abs(single)));
        if (shortest.signum() == 0) {
            return sign + "0";
        }
        shortest = shortest.stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return sign + shortest.toPlainString();
        }
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return sign + digits.charAt(0) + fraction + "e%+03d".formatted(exponent);
    }
}
