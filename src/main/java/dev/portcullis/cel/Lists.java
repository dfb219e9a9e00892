package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;

/** Functions of lists, those of sets among them. */
final class Lists {
    private Lists() {}

    static Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>();
        operations.put("isSorted/1", (in, meter) -> isSorted(list(in[0], "isSorted"), meter));
        operations.put("sum/1", (in, meter) -> sum(list(in[0], "sum"), meter));
        operations.put("min/1", (in, meter) -> extreme(list(in[0], "min"), "min", -1, meter));
        operations.put("max/1", (in, meter) -> extreme(list(in[0], "max"), "max", 1, meter));
        operations.put("slice/3", Lists::slice);
        operations.put("flatten/1", (in, meter) -> flatten(list(in[0], "flatten"), 1, meter));
        operations.put(
                "flatten/2",
                (in, meter) -> flatten(list(in[0], "flatten"), Operation.integer(in[1], "flatten"), meter));
        operations.put("sort/1", (in, meter) -> sort(list(in[0], "sort"), meter));
        operations.put(
                SortBy.FUNCTION + "/2", (in, meter) -> sortBy(list(in[0], "sortBy"), list(in[1], "sortBy"), meter));
        operations.put("distinct/1", (in, meter) -> distinct(list(in[0], "distinct"), meter));
        operations.put("reverse/1", (in, meter) -> reverse(list(in[0], "reverse"), meter));
        operations.put("lists.range/1", (in, meter) -> range(Operation.integer(in[0], "lists.range"), meter));
        operations.put("sets.contains/2", (in, meter) -> containsAll(in[0], in[1], meter));
        operations.put(
                "sets.equivalent/2",
                (in, meter) -> containsAll(in[0], in[1], meter) && containsAll(in[1], in[0], meter));
        operations.put("sets.intersects/2", (in, meter) -> intersects(in[0], in[1], meter));
        return operations;
    }

    private static List<?> list(Object value, String function) throws CelEvaluationException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw Operation.noOverload(function);
    }

    private static boolean isSorted(List<?> list, Meter meter) throws CelEvaluationException {
        Object previous = null;
        for (Object element : list) {
            if (!Comparison.isOrdered(element)) {
                throw Operation.noOverload("isSorted");
            }
            if (previous != null && Comparison.compare(previous, element, meter) > 0) {
                return false;
            }
            previous = element;
        }
        return true;
    }

    private static Object sum(List<?> list, Meter meter) throws CelEvaluationException {
        Object sum = null;
        for (Object element : list) {
            meter.step();
            if (!(element instanceof Long
                    || element instanceof Double
                    || element instanceof UnsignedLong
                    || element instanceof Duration)) {
                throw Operation.noOverload("sum");
            }
            sum = sum == null ? element : Arithmetic.add(sum, element, meter);
        }
        return sum == null ? 0L : sum;
    }

    private static Object extreme(List<?> list, String function, int sign, Meter meter) throws CelEvaluationException {
        Object best = null;
        for (Object element : list) {
            if (!Comparison.isOrdered(element)) {
                throw Operation.noOverload(function);
            }
            if (best == null || Comparison.compare(element, best, meter) * sign > 0) {
                best = element;
            }
        }
        if (best == null) {
            throw new CelEvaluationException(function + " called on empty list");
        }
        return best;
    }

    static long indexOf(List<?> list, Object value, Meter meter) {
        long index = 0;
        for (Object element : list) {
            if (Comparison.equal(element, value, meter)) {
                return index;
            }
            index++;
        }
        return -1;
    }

    static long lastIndexOf(List<?> list, Object value, Meter meter) {
        ListIterator<?> elements = list.listIterator(list.size());
        while (elements.hasPrevious()) {
            int index = elements.previousIndex();
            if (Comparison.equal(elements.previous(), value, meter)) {
                return index;
            }
        }
        return -1;
    }

    private static Object slice(Object[] in, Meter meter) throws CelEvaluationException {
        List<?> list = list(in[0], "slice");
        long start = Operation.integer(in[1], "slice");
        long end = Operation.integer(in[2], "slice");
        if (start < 0 || end < start || end > list.size()) {
            throw new CelEvaluationException("cannot slice(" + start + ", " + end + ") of a list of " + list.size());
        }
        meter.charge(end - start);
        return Listing.of(list.subList((int) start, (int) end));
    }

    private static Object flatten(List<?> list, long depth, Meter meter) throws CelEvaluationException {
        if (depth < 0) {
            throw new CelEvaluationException("level must be non-negative");
        }
        List<Object> flat = new ArrayList<>();
        flatten(list, depth, flat, meter);
        return Listing.of(flat);
    }

    private static void flatten(List<?> list, long depth, List<Object> flat, Meter meter) {
        for (Object element : list) {
            meter.step();
            if (depth > 0 && element instanceof List<?> nested) {
                flatten(nested, depth - 1, flat, meter);
            } else {
                flat.add(element);
            }
        }
    }

    /** An element and what to order it by. */
    private record Keyed(Object key, Object element) {}

    private static Object sort(List<?> list, Meter meter) throws CelEvaluationException {
        List<Keyed> pairs = new ArrayList<>(list.size());
        for (Object element : list) {
            pairs.add(new Keyed(element, element));
        }
        return sorted(pairs, meter);
    }

    private static Object sortBy(List<?> list, List<?> keys, Meter meter) throws CelEvaluationException {
        List<Keyed> pairs = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            pairs.add(new Keyed(keys.get(i), list.get(i)));
        }
        return sorted(pairs, meter);
    }

    private static Object sorted(List<Keyed> pairs, Meter meter) throws CelEvaluationException {
        if (pairs.isEmpty()) {
            return Listing.EMPTY;
        }
        meter.charge(pairs.size());
        Object first = pairs.getFirst().key();
        for (Keyed pair : pairs) {
            if (!Comparison.isOrdered(pair.key())) {
                throw new CelEvaluationException("list elements must be comparable");
            }
            if (pair.key().getClass() != first.getClass()) {
                throw new CelEvaluationException("list elements must have the same type");
            }
            if (pair.key() instanceof Double number && Double.isNaN(number)) {
                throw new CelEvaluationException("NaN values cannot be ordered");
            }
        }
        pairs.sort((one, other) -> Comparison.compare(one.key(), other.key(), meter));
        return Listing.of(pairs.stream().map(Keyed::element).toList());
    }

    /** Text and ints are found by their hash, all else by comparing with what was kept. */
    private static Object distinct(List<?> list, Meter meter) {
        Set<Object> simple = new HashSet<>();
        List<Object> others = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        for (Object element : list) {
            meter.step();
            boolean seen;
            if (element instanceof String text) {
                meter.chargeText(text.length());
                seen = !simple.add(element);
            } else if (element instanceof Boolean || element instanceof NullValue) {
                seen = !simple.add(element);
            } else if (element instanceof Long number && others.isEmpty()) {
                seen = !simple.add(number);
            } else {
                seen = Comparison.contains(others, element, meter)
                        || (isNumber(element) && Comparison.contains(kept, element, meter));
                others.add(element);
            }
            if (!seen) {
                kept.add(element);
            }
        }
        return Listing.of(kept);
    }

    private static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof UnsignedLong || value instanceof Double;
    }

    private static Object reverse(List<?> list, Meter meter) {
        meter.charge(list.size());
        return Listing.of(list.reversed());
    }

    private static Object range(long end, Meter meter) {
        if (end <= 0) {
            return Listing.EMPTY;
        }
        meter.charge(end);
        Object[] numbers = new Object[(int) end];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (long) i;
        }
        return new Listing(numbers);
    }

    private static boolean containsAll(Object container, Object value, Meter meter) throws CelEvaluationException {
        List<?> list = list(container, "of sets");
        for (Object element : list(value, "of sets")) {
            if (!Comparison.contains(list, element, meter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean intersects(Object one, Object other, Meter meter) throws CelEvaluationException {
        List<?> list = list(one, "of sets");
        for (Object element : list(other, "of sets")) {
            if (Comparison.contains(list, element, meter)) {
                return true;
            }
        }
        return false;
    }
}
