package dev.portcullis.cel.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * An amount such as {@code 256Mi}. Kubernetes computes with a long and a power of ten where those do, and with any number of
 * digits else; a rule can tell the two apart, since only the former may be integers, so they are kept apart here too.
 */
final class Quantity implements Comparable<Quantity> {
    /** Kubernetes has no such bounds, and takes minutes beyond them. */
    private static final int MAX_TEXT = 4096;

    private static final int MAX_DIGITS = 16_384;
    private static final int MAX_EXPONENT = 1_000_000_000;

    private static final int NANO = 9;
    private static final BigDecimal MAX_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);

    private final BigDecimal value;
    private final boolean small;

    private Quantity(BigDecimal value, boolean small) {
        this.value = value;
        this.small = small;
    }

    static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value), true);
    }

    static Quantity parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a quantity of more than " + MAX_TEXT + " characters");
        }
        QuantityText read = QuantityText.read(text);
        if (read == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no quantity: write a number with a suffix such as Mi, k, m or e3");
        }
        if (Math.abs((long) read.suffix().power()) > MAX_EXPONENT) {
            throw new IllegalArgumentException("a quantity with an exponent beyond " + MAX_EXPONENT);
        }
        return read.isShort() ? small(read) : large(read);
    }

    long sign() {
        return value.signum();
    }

    boolean isInteger() {
        return integer().isPresent();
    }

    long asInteger() {
        return integer().orElseThrow(() -> new IllegalArgumentException("the quantity is no integer of 64 bits"));
    }

    double asApproximateFloat() {
        double digits = value.unscaledValue().doubleValue();
        return value.scale() == 0 ? digits : digits * powerOfTen(-value.scale());
    }

    Quantity plus(Quantity other) {
        if (small && other.small) {
            if (other.sign() == 0) {
                return this;
            }
            if (sign() == 0) {
                return other;
            }
            OptionalLong sum = smallSum(other);
            if (sum.isPresent()) {
                int scale = Math.max(value.scale(), other.value.scale());
                return new Quantity(BigDecimal.valueOf(sum.getAsLong(), scale), true);
            }
        }
        return new Quantity(inBounds(other).add(other.value), false);
    }

    Quantity minus(Quantity other) {
        // Kubernetes negates the smallest long too, which gives itself.
        Quantity negated = other.small
                ? new Quantity(BigDecimal.valueOf(-other.digits(), other.value.scale()), true)
                : new Quantity(other.value.negate(), false);
        Quantity sum = plus(negated);
        return sum.small || !other.small ? sum : new Quantity(inBounds(other).subtract(other.value), false);
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return value.toString();
    }

    private static Quantity small(QuantityText text) {
        long digits = Long.parseLong(text.whole() + text.decimals());
        long factor = text.suffix().binary() ? 1L << text.suffix().power() : 1;
        int power = text.suffix().binary()
                ? 0
                : text.suffix().power() - text.decimals().length();
        long value = Math.multiplyExact(digits, factor);
        return new Quantity(BigDecimal.valueOf(text.negative() ? -value : value, -power), true);
    }

    private static Quantity large(QuantityText text) {
        BigDecimal number = new BigDecimal(
                new BigInteger(text.whole() + text.decimals()), text.decimals().length());
        BigDecimal value;
        if (text.suffix().binary()) {
            value = toNano(number.multiply(
                    new BigDecimal(BigInteger.TWO.pow(text.suffix().power()))));
            value = value.compareTo(MAX_BINARY) > 0 ? MAX_BINARY : value;
        } else {
            value = toNano(new BigDecimal(
                    number.unscaledValue(), number.scale() - text.suffix().power()));
        }
        return new Quantity(text.negative() ? value.negate() : value, false);
    }

    /** Rounds up, and what is less than the least amount to that; zero stays as it is. */
    private static BigDecimal toNano(BigDecimal value) {
        if (value.signum() == 0) {
            return value;
        }
        long magnitude = (long) value.precision() - value.scale();
        if (magnitude <= -NANO) {
            return BigDecimal.ONE.movePointLeft(NANO);
        }
        if (magnitude > MAX_DIGITS) {
            throw tooManyDigits();
        }
        return value.setScale(NANO, RoundingMode.UP);
    }

    private OptionalLong integer() {
        if (!small || value.scale() > 0) {
            return OptionalLong.empty();
        }
        return scaled(digits(), -(long) value.scale());
    }

    private OptionalLong smallSum(Quantity other) {
        int scale = Math.max(value.scale(), other.value.scale());
        OptionalLong one = scaled(digits(), (long) scale - value.scale());
        OptionalLong two = scaled(other.digits(), (long) scale - other.value.scale());
        if (one.isEmpty() || two.isEmpty()) {
            return OptionalLong.empty();
        }
        long sum = one.getAsLong() + two.getAsLong();
        boolean overflow = ((one.getAsLong() ^ sum) & (two.getAsLong() ^ sum)) < 0;
        return overflow ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    /** The digits of a small amount. */
    private long digits() {
        return value.unscaledValue().longValueExact();
    }

    private static OptionalLong scaled(long digits, long power) {
        long result = digits;
        for (long i = 0; i < power && result != 0; i++) {
            if (Math.multiplyHigh(result, 10) != (result * 10 < 0 ? -1 : 0)) {
                return OptionalLong.empty();
            }
            result *= 10;
        }
        return OptionalLong.of(result);
    }

    /** This value, if a sum with the other has no more digits than allowed. */
    private BigDecimal inBounds(Quantity other) {
        long whole = Math.max(
                (long) value.precision() - value.scale(), (long) other.value.precision() - other.value.scale());
        if (whole + Math.max(value.scale(), other.value.scale()) > MAX_DIGITS) {
            throw tooManyDigits();
        }
        return value;
    }

    private static IllegalArgumentException tooManyDigits() {
        return new IllegalArgumentException("a quantity of more than " + MAX_DIGITS + " digits");
    }

    /** As Go computes it, which may be off by the last bit. */
    private static double powerOfTen(int power) {
        if (power > 308) {
            return Double.POSITIVE_INFINITY;
        }
        if (power < -323) {
            return 0;
        }
        int coarse = Math.abs(power) / 32 * 32;
        int fine = Math.abs(power) % 32;
        return power < 0
                ? Double.parseDouble("1e-" + coarse) / Double.parseDouble("1e" + fine)
                : Double.parseDouble("1e" + coarse) * Double.parseDouble("1e" + fine);
    }
}
