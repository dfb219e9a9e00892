package dev.portcullis.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All functions, by name and number of arguments. They stand in for all of dev.cel's own: those are not metered, some take the
 * square of their arguments' size, and some give other results than Kubernetes.
 */
final class Operations {
    private static final Map<String, Operation> ALL = all();

    private Operations() {}

    private static Map<String, Operation> all() {
        Map<String, Operation> all = new HashMap<>();
        Stream.of(
                        Logic.operations(),
                        Comparison.operations(),
                        Arithmetic.operations(),
                        Conversions.operations(),
                        Types.operations(),
                        Times.operations(),
                        Texts.operations(),
                        Formatting.operations(),
                        Regexes.operations(),
                        Lists.operations(),
                        Selection.operations(),
                        Optionals.operations())
                .forEach(all::putAll);
        all.put("indexOf/2", (in, meter) -> indexOf(in[0], in[1], meter));
        all.put("lastIndexOf/2", (in, meter) -> lastIndexOf(in[0], in[1], meter));
        return Map.copyOf(all);
    }

    private static Object indexOf(Object whole, Object part, Meter meter) throws CelEvaluationException {
        if (whole instanceof List<?> list) {
            return Lists.indexOf(list, part, meter);
        }
        String text = Operation.text(whole, "indexOf");
        meter.chargeText(text.length());
        return Texts.indexOf(text, Operation.text(part, "indexOf"), 0);
    }

    private static Object lastIndexOf(Object whole, Object part, Meter meter) throws CelEvaluationException {
        if (whole instanceof List<?> list) {
            return Lists.lastIndexOf(list, part, meter);
        }
        String text = Operation.text(whole, "lastIndexOf");
        meter.chargeText(text.length());
        return Texts.lastIndexOf(text, Operation.text(part, "lastIndexOf"));
    }

    static boolean has(String key) {
        return ALL.containsKey(key);
    }

    /**
     * By which the interpreter finds them: each stands alone under its key, so there is nothing to choose.
     *
     * @param sharing functions of other libraries, by the key of the one that asks them first
     */
    static List<CelFunctionBinding> bindings(Map<String, List<CelFunctionBinding>> sharing) {
        List<CelFunctionBinding> bindings = new ArrayList<>();
        ALL.forEach((key, operation) -> bindings.add(new Binding(
                key,
                arguments(key),
                shared(operation, sharing.getOrDefault(key, List.of())),
                !key.equals(Logic.NOT_STRICTLY_FALSE))));
        return bindings;
    }

    private static Operation shared(Operation operation, List<CelFunctionBinding> others) {
        return others.isEmpty()
                ? operation
                : (in, meter) -> {
                    for (CelFunctionBinding other : others) {
                        if (other.getArgTypes().getFirst().isInstance(in[0])) {
                            return other.getDefinition().apply(in);
                        }
                    }
                    return operation.apply(in, meter);
                };
    }

    private static ImmutableList<Class<?>> arguments(String key) {
        int count = key.charAt(key.length() - 1) - '0';
        return ImmutableList.copyOf(Collections.nCopies(count, Object.class));
    }

    /** One of another library, with a price for the size of what it takes and gives. */
    @SuppressWarnings("Immutable") // the binding is
    static CelFunctionBinding metered(CelFunctionBinding binding) {
        Operation operation = (in, meter) -> {
            for (Object argument : in) {
                meter.charge(size(argument));
            }
            Object result;
            try {
                result = binding.getDefinition().apply(in);
            } catch (RuntimeException e) {
                throw new CelEvaluationException(String.valueOf(e.getMessage()));
            }
            if (result instanceof String text) {
                meter.text(text);
            }
            return result;
        };
        return new Binding(binding.getOverloadId(), binding.getArgTypes(), operation, binding.isStrict());
    }

    private static long size(Object value) {
        return switch (value) {
            case String text -> text.length() / 8 + 1L;
            case List<?> list -> list.size() + 1L;
            case Map<?, ?> map -> map.size() + 1L;
            default -> 1;
        };
    }

    /** An operation as the interpreter calls it. */
    @SuppressWarnings("Immutable") // operations hold nothing that changes
    private record Binding(
            String getOverloadId, ImmutableList<Class<?>> getArgTypes, Operation operation, boolean isStrict)
            implements CelFunctionBinding {
        @Override
        public CelFunctionOverload getDefinition() {
            return arguments -> operation.apply(arguments, Meter.current());
        }
    }
}
