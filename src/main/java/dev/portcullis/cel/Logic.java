package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;
import java.util.Map;

/** What is left of logic: the interpreter itself knows and, or and the conditional. */
final class Logic {
    /** Judges errors too, so that a macro goes on past an element that gave one. */
    static final String NOT_STRICTLY_FALSE = "@not_strictly_false/1";

    private Logic() {}

    static Map<String, Operation> operations() {
        return Map.of(
                "!_/1",
                (in, meter) -> !truth(in[0], "!_"),
                "@bool/1",
                (in, meter) -> truth(in[0], "of logic"),
                NOT_STRICTLY_FALSE,
                (in, meter) -> !(in[0] instanceof Boolean truth) || truth);
    }

    private static boolean truth(Object value, String function) throws CelEvaluationException {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw Operation.noOverload(function);
    }
}
