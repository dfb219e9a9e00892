package dev.portcullis.scan;

/** A cluster that could not be looked at, or not to the end. */
public final class ScanException extends Exception {
    private static final long serialVersionUID = 1L;

    ScanException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is wrong, and what to do where that is known. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
