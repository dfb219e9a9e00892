package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;

/** A part of an expression, ready to be evaluated. Immutable, for many threads. */
@FunctionalInterface
interface Node {
    Object value(Frame frame) throws CelEvaluationException;
}
