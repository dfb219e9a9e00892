package dev.portcullis.cel;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import org.jspecify.annotations.Nullable;

/** What one evaluation has at hand: variables, what loops count and gather, and the meter. */
final class Frame {
    final Meter meter;
    private final Variables variables;
    private final @Nullable Object[] locals;

    Frame(Meter meter, Variables variables, int locals) {
        this.meter = meter;
        this.variables = variables;
        this.locals = new Object[locals];
    }

    /** The values of variables, by name; null is CEL's. */
    @FunctionalInterface
    interface Variables {
        @Nullable Object value(String name) throws CelEvaluationException;
    }

    /** In the place of a value that could not be made, for whoever asks for it. */
    private record Failure(CelEvaluationException cause) {}

    static Node variable(String name) {
        return frame -> {
            frame.meter.step();
            Object value = frame.variables.value(name);
            return value == null ? NullValue.NULL_VALUE : value;
        };
    }

    static Node local(int place) {
        return frame -> {
            frame.meter.step();
            return frame.recall(place);
        };
    }

    @SuppressWarnings("NullAway") // a loop sets its places before anything within it is evaluated
    private Object recall(int place) throws CelEvaluationException {
        Object value = locals[place];
        if (value instanceof Failure failure) {
            throw failure.cause;
        }
        return value;
    }

    void set(int place, Object value) {
        locals[place] = value;
    }

    /** An error in one round of a loop is none yet: a later round may decide, as {@code ||} does. */
    void setOrRemember(int place, Node node) {
        try {
            locals[place] = node.value(this);
        } catch (CelEvaluationException e) {
            locals[place] = new Failure(e);
        }
    }
}
