package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;
import java.util.Map;

/** Logic. An operand that decides does so even where the other one fails. */
final class Logic {
    private Logic() {}

    static Map<String, Operation> operations() {
        return Map.of("!_/1", (in, meter) -> !truth(in[0], "!_"));
    }

    private static boolean truth(Object value, String function) throws CelEvaluationException {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw Operation.noOverload(function);
    }

    static Node and(Node left, Node right) {
        return new Junction("_&&_", left, right, false);
    }

    static Node or(Node left, Node right) {
        return new Junction("_||_", left, right, true);
    }

    /**
     * Both, or either.
     *
     * @param decisive the value that decides
     */
    private record Junction(String function, Node left, Node right, boolean decisive) implements Node {
        @Override
        public Object value(Frame frame) throws CelEvaluationException {
            frame.meter.step();
            try {
                if (truth(left.value(frame), function) == decisive) {
                    return decisive;
                }
            } catch (CelEvaluationException e) {
                return unlessDecided(frame, e);
            }
            return truth(right.value(frame), function);
        }

        private Object unlessDecided(Frame frame, CelEvaluationException error) throws CelEvaluationException {
            if (right.value(frame).equals(decisive)) {
                return decisive;
            }
            throw error;
        }
    }

    static Node conditional(Node condition, Node then, Node otherwise) {
        return frame -> {
            frame.meter.step();
            return truth(condition.value(frame), "_?_:_") ? then.value(frame) : otherwise.value(frame);
        };
    }

    /** Judges errors too, so that a macro goes on past an element that gave one. */
    static Node notStrictlyFalse(Node operand) {
        return frame -> {
            frame.meter.step();
            try {
                return !operand.value(frame).equals(false);
            } catch (CelEvaluationException _) {
                return true;
            }
        };
    }
}
