package dev.portcullis.kubernetes;

/** What came is no AdmissionReview that could be answered: it has no uid to answer to. */
public final class NotAReviewException extends Exception {
    private static final long serialVersionUID = 1L;

    NotAReviewException(String message) {
        super(message);
    }
}
