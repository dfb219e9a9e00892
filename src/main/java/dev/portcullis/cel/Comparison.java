package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Equality, order and the finding of keys: numbers of all kinds compare with one another, all else with its own kind. */
final class Comparison {
    private Comparison() {}

    static Map<String, Operation> operations() {
        return Map.of(
                "_==_/2", (in, meter) -> equal(in[0], in[1], meter),
                "_!=_/2", (in, meter) -> !equal(in[0], in[1], meter),
                "_<_/2", (in, meter) -> ordered(in, "_<_", meter) < 0,
                "_<=_/2", (in, meter) -> ordered(in, "_<=_", meter) <= 0,
                "_>_/2", (in, meter) -> ordered(in, "_>_", meter) > 0,
                "_>=_/2", (in, meter) -> ordered(in, "_>=_", meter) >= 0,
                "@in/2", (in, meter) -> in(in[0], in[1], meter));
    }

    static boolean equal(Object left, Object right, Meter meter) {
        meter.step();
        return switch (left) {
            case String text -> right instanceof String other && sameText(text, other, meter);
            case Long number -> right instanceof Long other ? number.equals(other) : sameNumber(left, right);
            case Double _, UnsignedLong _ -> sameNumber(left, right);
            case Boolean _, Moment _, Duration _ -> left.equals(right);
            case List<?> list -> right instanceof List<?> other && sameElements(list, other, meter);
            case Map<?, ?> map -> right instanceof Map<?, ?> other && sameEntries(map, other, meter);
            case Optional<?> optional -> right instanceof Optional<?> other && sameOptional(optional, other, meter);
            case TypeType type ->
                right instanceof TypeType other && Types.name(type).equals(Types.name(other));
            case CelByteString bytes -> {
                meter.chargeText(bytes.size());
                yield bytes.equals(right);
            }
            default -> left.equals(right);
        };
    }

    private static boolean sameText(String left, String right, Meter meter) {
        if (left.length() != right.length()) {
            return false;
        }
        meter.charge(left.length() >> 6);
        return left.equals(right);
    }

    private static boolean sameNumber(Object left, Object right) {
        Integer order = numbers(left, right);
        return order != null && order == 0;
    }

    private static boolean sameElements(List<?> left, List<?> right, Meter meter) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<?> others = right.iterator();
        for (Object element : left) {
            if (!equal(element, others.next(), meter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameEntries(Map<?, ?> left, Map<?, ?> right, Meter meter) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            Object other = find(right, entry.getKey());
            if (other == null || !equal(entry.getValue(), other, meter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameOptional(Optional<?> left, Optional<?> right, Meter meter) {
        return (left.isPresent() && right.isPresent())
                ? equal(left.get(), right.get(), meter)
                : left.isPresent() == right.isPresent();
    }

    private static int ordered(Object[] in, String function, Meter meter) throws CelEvaluationException {
        Integer order = order(in[0], in[1], meter);
        if (order != null) {
            return order;
        }
        if (isNumber(in[0]) && isNumber(in[1])) {
            throw new CelEvaluationException("NaN values cannot be ordered");
        }
        throw Operation.noOverload(function);
    }

    static boolean isOrdered(Object value) {
        return isNumber(value)
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Moment
                || value instanceof Duration
                || value instanceof CelByteString;
    }

    private static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof UnsignedLong;
    }

    /** As {@link #order}, with 0 where there is none. */
    static int compare(Object left, Object right, Meter meter) {
        Integer order = order(left, right, meter);
        return order == null ? 0 : order;
    }

    /** Null where the two have no order. */
    private static @Nullable Integer order(Object left, Object right, Meter meter) {
        meter.step();
        return switch (left) {
            case String text when right instanceof String other -> texts(text, other, meter);
            case Boolean truth when right instanceof Boolean other -> truth.compareTo(other);
            case Moment moment
            when right instanceof Moment other -> moment.instant().compareTo(other.instant());
            case Duration duration when right instanceof Duration other -> duration.compareTo(other);
            case CelByteString bytes
            when right instanceof CelByteString other -> {
                meter.chargeText(Math.min(bytes.size(), other.size()));
                yield Arrays.compareUnsigned(bytes.toByteArray(), other.toByteArray());
            }
            default -> numbers(left, right);
        };
    }

    /** By code points, whose order differs from Java's own where surrogates meet the characters behind them. */
    private static int texts(String left, String right, Meter meter) {
        int common = Math.min(left.length(), right.length());
        meter.charge(common >> 5);
        for (int i = 0; i < common; i++) {
            char one = left.charAt(i);
            char other = right.charAt(i);
            if (one != other) {
                boolean differ = Character.isSurrogate(one) != Character.isSurrogate(other);
                return differ ? (Character.isSurrogate(one) ? 1 : -1) : one - other;
            }
        }
        return left.length() - right.length();
    }

    private static @Nullable Integer numbers(Object left, Object right) {
        return switch (left) {
            case Long one ->
                switch (right) {
                    case Long other -> Long.compare(one, other);
                    case UnsignedLong other ->
                        one < 0 ? -1 : UnsignedLong.valueOf(one).compareTo(other);
                    case Double other -> doubles((double) one, other);
                    default -> null;
                };
            case UnsignedLong one ->
                switch (right) {
                    case UnsignedLong other -> one.compareTo(other);
                    case Long other -> other < 0 ? 1 : one.compareTo(UnsignedLong.valueOf(other));
                    case Double other -> doubles(one.doubleValue(), other);
                    default -> null;
                };
            case Double one ->
                switch (right) {
                    case Double other -> doubles(one, other);
                    case Long other -> doubles(one, (double) other);
                    case UnsignedLong other -> doubles(one, other.doubleValue());
                    default -> null;
                };
            default -> null;
        };
    }

    private static @Nullable Integer doubles(double left, double right) {
        if (left < right) {
            return -1;
        }
        if (left > right) {
            return 1;
        }
        return left == right ? 0 : null;
    }

    private static boolean in(Object value, Object container, Meter meter) throws CelEvaluationException {
        return switch (container) {
            case List<?> list -> contains(list, value, meter);
            case Map<?, ?> map -> isKey(value) && find(map, value) != null;
            default -> throw Operation.noOverload("@in");
        };
    }

    static boolean contains(List<?> list, Object value, Meter meter) {
        for (Object element : list) {
            if (equal(element, value, meter)) {
                return true;
            }
        }
        return false;
    }

    static boolean isKey(Object value) {
        return value instanceof String || value instanceof Boolean || isNumber(value);
    }

    /** The value of a key, which a number of another kind may stand for; null where there is none. */
    static @Nullable Object find(Map<?, ?> map, Object key) {
        return switch (key) {
            case Long number -> {
                Object found = map.get(number);
                yield found != null || number < 0 ? found : map.get(UnsignedLong.valueOf(number));
            }
            case UnsignedLong number -> {
                Object found = map.get(number);
                yield found != null || number.longValue() < 0 ? found : map.get(number.longValue());
            }
            case Double number -> findWhole(map, number);
            default -> map.get(key);
        };
    }

    private static @Nullable Object findWhole(Map<?, ?> map, double number) {
        if (number != Math.rint(number) || Math.abs(number) >= 0x1p63) {
            return null;
        }
        return find(map, (long) number);
    }
}
