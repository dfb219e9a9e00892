package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;

/** What a function does, all its overloads of one number of arguments together. */
@FunctionalInterface
interface Operation {
    Object apply(Object[] arguments, Meter meter) throws CelEvaluationException;

    static CelEvaluationException noOverload(String function) {
        return new CelEvaluationException("no such overload: " + function);
    }

    static String text(Object value, String function) throws CelEvaluationException {
        if (value instanceof String text) {
            return text;
        }
        throw noOverload(function);
    }

    static long integer(Object value, String function) throws CelEvaluationException {
        if (value instanceof Long number) {
            return number;
        }
        throw noOverload(function);
    }
}
