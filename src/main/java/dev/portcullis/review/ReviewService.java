package dev.portcullis.review;

/** Judges content without admitting anything. Safe for use by many threads. */
public interface ReviewService {
    /**
     * A dry run of workloads in any form.
     *
     * @param body one or many documents, JSON or YAML
     * @return a report, 200 whatever the verdict
     * @throws UnreadableInputException when nothing of the body can be read, or it holds too many documents
     */
    Answer review(byte[] body, Query query) throws UnreadableInputException;

    /**
     * Answers a {@code portcullis.dev/v1alpha1} ContainerReview.
     *
     * @param body the review with its request, JSON in UTF-8
     * @return the review with its response
     * @throws UnreadableInputException when its uid cannot be read
     */
    byte[] containerReview(byte[] body) throws UnreadableInputException;

    /**
     * Denies a ContainerReview that cannot be judged.
     *
     * @param head the body's first bytes, possibly cut off anywhere
     * @param code the status code of the answer: 408, 413, 429, 500
     * @param message why it cannot be judged
     * @throws UnreadableInputException when the uid is not within the head; its status is the code
     */
    byte[] refuseContainer(byte[] head, int code, String message) throws UnreadableInputException;
}
