package dev.portcullis.history;

import org.jspecify.annotations.Nullable;

/** The database cannot be used now. */
public final class HistoryUnavailableException extends Exception {
    private final boolean damaged;

    HistoryUnavailableException(String sentence, boolean damaged, @Nullable Throwable cause) {
        super(sentence, cause);
        this.damaged = damaged;
    }

    /** Why, as a sentence without its full stop. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Whether its file is not what was written to it, so that waiting does not help. */
    boolean damaged() {
        return damaged;
    }
}
