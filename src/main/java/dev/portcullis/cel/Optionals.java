package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions of optional values. */
final class Optionals {
    private Optionals() {}

    static Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>();
        operations.put("optional.of/1", (in, meter) -> Optional.of(in[0]));
        operations.put("optional.none/0", (in, meter) -> Optional.empty());
        operations.put(
                "optional.ofNonZeroValue/1", (in, meter) -> isZero(in[0]) ? Optional.empty() : Optional.of(in[0]));
        operations.put("hasValue/1", (in, meter) -> optional(in[0], "hasValue").isPresent());
        operations.put("value/1", (in, meter) -> value(optional(in[0], "value")));
        operations.put("optional.unwrap/1", (in, meter) -> unwrap(in[0], meter));
        operations.put("unwrapOpt/1", (in, meter) -> unwrap(in[0], meter));
        operations.put("first/1", (in, meter) -> end(in[0], true));
        operations.put("last/1", (in, meter) -> end(in[0], false));
        return operations;
    }

    /** {@code a.or(b)}, where b is evaluated only where it is needed. */
    static Node or(Node optional, Node other) {
        return frame -> {
            frame.meter.step();
            Optional<?> value = optional(optional.value(frame), "or");
            return value.isPresent() ? value : optional(other.value(frame), "or");
        };
    }

    /** {@code a.orValue(b)}, where b is evaluated only where it is needed. */
    static Node orValue(Node optional, Node other) {
        return frame -> {
            frame.meter.step();
            Optional<?> value = optional(optional.value(frame), "orValue");
            return value.isPresent() ? value.get() : other.value(frame);
        };
    }

    private static Optional<?> optional(Object value, String function) throws CelEvaluationException {
        if (value instanceof Optional<?> optional) {
            return optional;
        }
        throw Operation.noOverload(function);
    }

    private static Object value(Optional<?> optional) throws CelEvaluationException {
        if (optional.isEmpty()) {
            throw new CelEvaluationException("optional.none() dereference");
        }
        return optional.get();
    }

    private static boolean isZero(Object value) {
        return switch (value) {
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case CelByteString bytes -> bytes.isEmpty();
            case Long number -> number == 0;
            case UnsignedLong number -> number.longValue() == 0;
            case Double number -> number == 0;
            case Boolean truth -> !truth;
            case Duration duration -> duration.isZero();
            case NullValue _ -> true;
            case Optional<?> optional -> optional.isEmpty();
            default -> false;
        };
    }

    private static Object unwrap(Object value, Meter meter) throws CelEvaluationException {
        if (!(value instanceof List<?> list)) {
            throw Operation.noOverload("optional.unwrap");
        }
        meter.charge(list.size());
        List<Object> present = new ArrayList<>();
        for (Object element : list) {
            optional(element, "optional.unwrap").ifPresent(present::add);
        }
        return Listing.of(present);
    }

    private static Object end(Object value, boolean first) throws CelEvaluationException {
        if (!(value instanceof List<?> list)) {
            throw Operation.noOverload(first ? "first" : "last");
        }
        return list.isEmpty() ? Optional.empty() : Optional.of(first ? list.getFirst() : list.getLast());
    }
}
