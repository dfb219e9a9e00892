package dev.portcullis.policytest;

import java.util.Objects;

/** A resource that a test names and that cannot be judged; the message says why. */
final class UnreadableResourceException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableResourceException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
