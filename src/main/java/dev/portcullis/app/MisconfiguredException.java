package dev.portcullis.app;

/** Thrown by wiring that cannot work with what it was given; the message is one sentence for the user. */
final class MisconfiguredException extends RuntimeException {
    MisconfiguredException(String message) {
        super(message);
    }

    public MisconfiguredException(String message, Throwable cause) {
        super(message, cause);
    }
}
