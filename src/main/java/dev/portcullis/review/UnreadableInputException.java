package dev.portcullis.review;

/** Content that cannot be read at all, or of which there is too much; answered with an HTTP error. */
public final class UnreadableInputException extends Exception {
    private final int status;

    /** Content that cannot be read: 400. */
    public UnreadableInputException(String message) {
        this(400, message);
    }

    /**
     * An error with a status of its own.
     *
     * @param status 400 to 599
     */
    public UnreadableInputException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What is wrong and what to do, for the client. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
