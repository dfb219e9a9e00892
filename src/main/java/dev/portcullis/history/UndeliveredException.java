package dev.portcullis.history;

import org.jspecify.annotations.Nullable;

/** A batch is not known to be kept. */
public final class UndeliveredException extends Exception {
    private final boolean refused;

    /**
     * Why it is not.
     *
     * @param refused whether it will not be kept later either
     */
    public UndeliveredException(String sentence, boolean refused, @Nullable Throwable cause) {
        super(sentence, cause);
        this.refused = refused;
    }

    boolean refused() {
        return refused;
    }

    /** What happened. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
