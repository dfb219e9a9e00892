package dev.portcullis.kubernetes;

/** An AdmissionReview with a uid, but wrong otherwise: it is answered, with a denial. */
public final class MalformedReviewException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String uid;

    MalformedReviewException(String uid, String message) {
        super(message);
        this.uid = uid;
    }

    /** To which the denial answers. */
    public String uid() {
        return uid;
    }
}
