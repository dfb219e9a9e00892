package dev.portcullis.admission;

/** Answers AdmissionReviews ({@code admission.k8s.io/v1}, JSON in UTF-8). Safe for use by many threads. */
public interface AdmissionService {
    /**
     * Allows or denies.
     *
     * @param body the AdmissionReview with its request
     * @return the AdmissionReview with its response
     * @throws UnreadableReviewException when the uid cannot be read
     */
    byte[] validate(byte[] body) throws UnreadableReviewException;

    /**
     * Allows, with a patch where fixes apply.
     *
     * @param body the AdmissionReview with its request
     * @return the AdmissionReview with its response
     * @throws UnreadableReviewException when the uid cannot be read
     */
    byte[] mutate(byte[] body) throws UnreadableReviewException;

    /**
     * Answers a review that cannot be judged: {@code /validate} denies it, {@code /mutate} allows it unpatched with a
     * warning.
     *
     * @param head the body's first bytes, possibly cut off anywhere
     * @param code the status code of the answer: 408, 413, 429, 500
     * @param message why it cannot be judged
     * @throws UnreadableReviewException when the uid is not within the head
     */
    byte[] refuse(Route route, byte[] head, int code, String message) throws UnreadableReviewException;
}
