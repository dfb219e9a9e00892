package dev.portcullis.cel;

import dev.cel.common.ast.CelReference;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.portcullis.cel.functions.FunctionLibrary;
import dev.portcullis.cel.functions.KubernetesFunctions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What calls do: one of our {@link Operations}, or functions of Kubernetes' libraries, which arguments choose from. */
final class Overloads {
    private static final Map<String, CelFunctionBinding> OF_LIBRARIES = KubernetesFunctions.all().stream()
            .map(FunctionLibrary::bindings)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(CelFunctionBinding::getOverloadId, Function.identity()));

    private Overloads() {}

    /**
     * What a call does.
     *
     * @param reference all that it may mean as far as types are known
     * @throws ExpressionException if it means nothing here
     */
    static Operation of(String function, int arguments, @Nullable CelReference reference) throws ExpressionException {
        List<String> overloads = reference == null ? List.of() : reference.overloadIds();
        List<CelFunctionBinding> ofLibraries = overloads.stream()
                .map(OF_LIBRARIES::get)
                .filter(Objects::nonNull)
                .toList();
        Operation own = overloads.size() > ofLibraries.size() || overloads.isEmpty()
                ? Operations.of(function, arguments)
                : null;
        if (!ofLibraries.isEmpty()) {
            return choosing(function, ofLibraries, own);
        }
        if (own == null) {
            throw new ExpressionException("there is no function " + function);
        }
        return own;
    }

    private static Operation choosing(String function, List<CelFunctionBinding> bindings, @Nullable Operation own) {
        return (in, meter) -> {
            for (CelFunctionBinding binding : bindings) {
                if (takes(binding, in)) {
                    return apply(binding, in, meter);
                }
            }
            if (own == null) {
                throw Operation.noOverload(function);
            }
            return own.apply(in, meter);
        };
    }

    private static boolean takes(CelFunctionBinding binding, Object[] arguments) {
        List<Class<?>> types = binding.getArgTypes();
        if (types.size() != arguments.length) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            if (!types.get(i).isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    /** With a price for the size of what it takes and gives. */
    private static Object apply(CelFunctionBinding binding, Object[] in, Meter meter) throws CelEvaluationException {
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
    }

    private static long size(Object value) {
        return switch (value) {
            case String text -> text.length() / 8 + 1L;
            case List<?> list -> list.size() + 1L;
            case Map<?, ?> map -> map.size() + 1L;
            default -> 1;
        };
    }
}
