package dev.portcullis.app;

import dev.portcullis.http.BodyReader;
import dev.portcullis.review.Answer;
import dev.portcullis.review.Query;
import dev.portcullis.review.ReviewService;
import dev.portcullis.review.UnreadableInputException;
import java.util.Arrays;

/** Dry runs only by policies that are complete. */
record ReadyReviews(ReviewService service, Readiness readiness) implements ReviewService {
    private static final int UNAVAILABLE = 503;

    @Override
    public Answer review(byte[] body, Query query) throws UnreadableInputException {
        String awaited = readiness.waitingFor();
        if (awaited != null) {
            throw new UnreadableInputException(UNAVAILABLE, Readiness.sentence(awaited));
        }
        return service.review(body, query);
    }

    @Override
    public byte[] containerReview(byte[] body) throws UnreadableInputException {
        String awaited = readiness.waitingFor();
        if (awaited == null) {
            return service.containerReview(body);
        }
        byte[] head = Arrays.copyOf(body, Math.min(body.length, BodyReader.HEAD));
        return service.refuseContainer(head, UNAVAILABLE, Readiness.sentence(awaited));
    }

    @Override
    public byte[] refuseContainer(byte[] head, int code, String message) throws UnreadableInputException {
        return service.refuseContainer(head, code, message);
    }
}
