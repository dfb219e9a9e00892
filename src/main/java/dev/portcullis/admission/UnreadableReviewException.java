package dev.portcullis.admission;

/** An AdmissionReview whose uid cannot be read, so that only an HTTP error can answer it. */
public final class UnreadableReviewException extends Exception {
    public UnreadableReviewException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong, for the client. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
