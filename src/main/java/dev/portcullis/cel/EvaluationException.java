package dev.portcullis.cel;

/** An expression gave no value: it failed, or its budget was spent. */
public final class EvaluationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean exhausted;

    EvaluationException(String message, boolean exhausted) {
        super(message, null, false, false);
        this.exhausted = exhausted;
    }

    /** Whether it was cut off, so that it might give a value with more time. */
    public boolean exhausted() {
        return exhausted;
    }
}
