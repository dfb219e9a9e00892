package dev.portcullis.cluster;

/** Objects that could not be listed to the end. */
public final class ListingException extends Exception {
    private static final long serialVersionUID = 1L;

    ListingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What cannot be listed, and why. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
