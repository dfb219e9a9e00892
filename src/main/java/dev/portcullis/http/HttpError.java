package dev.portcullis.http;

/** A request answered with an HTTP error: a status and a sentence that says what to do about it. */
public final class HttpError extends Exception {
    private final int status;

    public HttpError(int status, String message) {
        // No stack trace: this is an answer, made for every bad request an attacker cares to send.
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The sentence for the client. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
