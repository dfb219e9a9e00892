package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.runtime.CelEvaluationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is in lists, maps and optional values: indexes, fields and presence. */
final class Selection {
    private Selection() {}

    static Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>();
        operations.put("_[_]/2", (in, meter) -> index(in[0], in[1]));
        operations.put("_[?_]/2", (in, meter) -> optionalIndex(in[0], in[1]));
        operations.put("_?._/2", (in, meter) -> optionalIndex(in[0], in[1]));
        operations.put("cel.@mapInsert/2", (in, meter) -> insertAll(map(in[0]), in[1], meter));
        operations.put("cel.@mapInsert/3", (in, meter) -> insert(map(in[0]), in[1], in[2], meter));
        return operations;
    }

    /** {@code container.name}. */
    static Node field(Node container, String name) {
        return frame -> {
            frame.meter.step();
            Object value = container.value(frame);
            Object member = value instanceof Map<?, ?> map ? map.get(name) : null;
            return member == null ? index(value, name) : member;
        };
    }

    /** {@code has(container.name)}. */
    static Node presence(Node container, String name) {
        return frame -> {
            frame.meter.step();
            return has(container.value(frame), name);
        };
    }

    private static Object index(Object container, Object key) throws CelEvaluationException {
        return switch (container) {
            case Map<?, ?> map -> {
                Object value = Comparison.find(map, checkedKey(key));
                if (value == null) {
                    throw new CelEvaluationException(
                            "no such key" + (key instanceof String name ? ": " + brief(name) : ""));
                }
                yield value;
            }
            case List<?> list -> {
                int index = position(list, key);
                if (index < 0) {
                    throw new CelEvaluationException("index out of bounds");
                }
                yield list.get(index);
            }
            case Optional<?> optional -> optionalIndex(optional, key);
            default -> throw new CelEvaluationException("no such key");
        };
    }

    private static String brief(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }

    /** Of a map's member it makes no value. */
    private static boolean has(Object container, String name) throws CelEvaluationException {
        return container instanceof Map<?, ?> map
                ? map.containsKey(name)
                : optionalIndex(container, name).isPresent();
    }

    private static Optional<?> optionalIndex(Object container, Object key) throws CelEvaluationException {
        return switch (container) {
            case Map<?, ?> map -> Optional.ofNullable(Comparison.find(map, checkedKey(key)));
            case List<?> list -> {
                int index = position(list, key);
                yield index < 0 ? Optional.empty() : Optional.of(list.get(index));
            }
            case Optional<?> optional -> optional.isPresent() ? optionalIndex(optional.get(), key) : optional;
            default -> {
                checkedKey(key);
                yield Optional.empty();
            }
        };
    }

    private static Object checkedKey(Object key) throws CelEvaluationException {
        if (!Comparison.isKey(key)) {
            throw new CelEvaluationException("unsupported key type");
        }
        return key;
    }

    /** -1 where the list has no such place. */
    private static int position(List<?> list, Object key) throws CelEvaluationException {
        long index = switch (key) {
            case Long number -> number;
            case UnsignedLong number -> number.longValue();
            case Double number when number == Math.rint(number) -> number.longValue();
            default -> throw new CelEvaluationException("unsupported index type in list");
        };
        return index < 0 || index >= list.size() ? -1 : (int) index;
    }

    static Object key(Object key) throws CelEvaluationException {
        if (!Comparison.isKey(key) || key instanceof Double) {
            throw new CelEvaluationException("unsupported key type");
        }
        return key;
    }

    /** What a macro gathered, done with. */
    @SuppressWarnings("unchecked")
    static Node gathered(Node loop) {
        return frame -> switch (loop.value(frame)) {
            case Gathering list -> Listing.of(list);
            case LinkedHashMap<?, ?> map -> new Mapping((Map<Object, Object>) map);
            case Object value -> value;
        };
    }

    private static Map<?, ?> map(Object value) throws CelEvaluationException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw Operation.noOverload("cel.@mapInsert");
    }

    private static Object insertAll(Map<?, ?> accumulator, Object added, Meter meter) throws CelEvaluationException {
        Map<Object, Object> target = accumulator(accumulator, meter);
        for (Map.Entry<?, ?> entry : map(added).entrySet()) {
            insert(target, entry.getKey(), entry.getValue(), meter);
        }
        return target;
    }

    private static Object insert(Map<?, ?> accumulator, Object key, Object value, Meter meter)
            throws CelEvaluationException {
        meter.step();
        Map<Object, Object> target = accumulator(accumulator, meter);
        if (Comparison.find(target, key(key)) != null) {
            throw new CelEvaluationException("insert failed: key already exists");
        }
        target.put(key, value);
        return target;
    }

    /** A macro's own map, which nothing else can see, grows in place. */
    @SuppressWarnings("unchecked")
    private static Map<Object, Object> accumulator(Map<?, ?> map, Meter meter) {
        if (map instanceof LinkedHashMap<?, ?> own) {
            return (Map<Object, Object>) own;
        }
        meter.charge(map.size());
        return new LinkedHashMap<>(map);
    }
}
