package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The operators that calculate, and {@code +} of texts, bytes and lists. */
final class Arithmetic {
    private static final BigInteger UNSIGNED_MAX = UnsignedLong.MAX_VALUE.bigIntegerValue();

    private Arithmetic() {}

    static Map<String, Operation> operations() {
        return Map.of(
                "_+_/2", (in, meter) -> add(in[0], in[1], meter),
                "_-_/2", (in, meter) -> subtract(in[0], in[1]),
                "_*_/2", (in, meter) -> multiply(in[0], in[1]),
                "_/_/2", (in, meter) -> divide(in[0], in[1]),
                "_%_/2", (in, meter) -> remainder(in[0], in[1]),
                "-_/1", (in, meter) -> negate(in[0]));
    }

    static Object add(Object left, Object right, Meter meter) throws CelEvaluationException {
        return switch (left) {
            case Long one
            when right instanceof Long other -> {
                long sum = one + other;
                if (((one ^ sum) & (other ^ sum)) < 0) {
                    throw overflow("integer");
                }
                yield sum;
            }
            case String one when right instanceof String other -> concat(one, other, meter);
            case List<?> one when right instanceof List<?> other -> concat(one, other, meter);
            case Double one when right instanceof Double other -> one + other;
            case UnsignedLong one
            when right instanceof UnsignedLong other ->
                unsigned(one.bigIntegerValue().add(other.bigIntegerValue()));
            case CelByteString one when right instanceof CelByteString other -> concat(one, other, meter);
            default -> Times.add(left, right);
        };
    }

    private static String concat(String left, String right, Meter meter) throws CelEvaluationException {
        Meter.checkTextLength((long) left.length() + right.length());
        meter.chargeText(left.length() + right.length());
        return left + right;
    }

    private static CelByteString concat(CelByteString left, CelByteString right, Meter meter)
            throws CelEvaluationException {
        Meter.checkTextLength((long) left.size() + right.size());
        meter.chargeText(left.size() + right.size());
        return left.concat(right);
    }

    private static List<?> concat(List<?> left, List<?> right, Meter meter) {
        if (left instanceof Gathering gathered) {
            meter.charge(right.size());
            gathered.append(right);
            return gathered;
        }
        meter.charge((long) left.size() + right.size());
        Object[] elements = new Object[left.size() + right.size()];
        int i = 0;
        for (Object element : left) {
            elements[i++] = element;
        }
        for (Object element : right) {
            elements[i++] = element;
        }
        return new Listing(elements);
    }

    private static Object subtract(Object left, Object right) throws CelEvaluationException {
        return switch (left) {
            case Long one
            when right instanceof Long other -> {
                long difference = one - other;
                if (((one ^ other) & (one ^ difference)) < 0) {
                    throw overflow("integer");
                }
                yield difference;
            }
            case Double one when right instanceof Double other -> one - other;
            case UnsignedLong one
            when right instanceof UnsignedLong other ->
                unsigned(one.bigIntegerValue().subtract(other.bigIntegerValue()));
            default -> Times.subtract(left, right);
        };
    }

    private static Object multiply(Object left, Object right) throws CelEvaluationException {
        return switch (left) {
            case Long one
            when right instanceof Long other -> {
                long high = Math.multiplyHigh(one, other);
                long low = one * other;
                if (high != low >> 63) {
                    throw overflow("integer");
                }
                yield low;
            }
            case Double one when right instanceof Double other -> one * other;
            case UnsignedLong one
            when right instanceof UnsignedLong other ->
                unsigned(one.bigIntegerValue().multiply(other.bigIntegerValue()));
            default -> throw Operation.noOverload("_*_");
        };
    }

    private static Object divide(Object left, Object right) throws CelEvaluationException {
        return switch (left) {
            case Long one
            when right instanceof Long other -> {
                checkDivisor(one, other, "division");
                yield one / other;
            }
            case Double one when right instanceof Double other -> one / other;
            case UnsignedLong one
            when right instanceof UnsignedLong other -> {
                checkDivisor(0, other.longValue(), "division");
                yield one.dividedBy(other);
            }
            default -> throw Operation.noOverload("_/_");
        };
    }

    private static Object remainder(Object left, Object right) throws CelEvaluationException {
        return switch (left) {
            case Long one
            when right instanceof Long other -> {
                checkDivisor(one, other, "modulus");
                yield one % other;
            }
            case UnsignedLong one
            when right instanceof UnsignedLong other -> {
                checkDivisor(0, other.longValue(), "modulus");
                yield one.mod(other);
            }
            default -> throw Operation.noOverload("_%_");
        };
    }

    private static void checkDivisor(long dividend, long divisor, String what) throws CelEvaluationException {
        if (divisor == 0) {
            throw new CelEvaluationException(what + " by zero");
        }
        if (dividend == Long.MIN_VALUE && divisor == -1) {
            throw overflow("integer");
        }
    }

    private static Object negate(Object value) throws CelEvaluationException {
        return switch (value) {
            case Long number when number == Long.MIN_VALUE -> throw overflow("integer");
            case Long number -> -number;
            case Double number -> -number;
            case Duration duration -> Times.negate(duration);
            default -> throw Operation.noOverload("-_");
        };
    }

    static UnsignedLong unsigned(BigInteger value) throws CelEvaluationException {
        if (value.signum() < 0 || value.compareTo(UNSIGNED_MAX) > 0) {
            throw overflow("unsigned integer");
        }
        return UnsignedLong.valueOf(value);
    }

    static CelEvaluationException overflow(String kind) {
        return new CelEvaluationException(kind + " overflow");
    }
}
