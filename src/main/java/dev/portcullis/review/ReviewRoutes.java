package dev.portcullis.review;

import dev.portcullis.http.Body;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.ErrorBody;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.MediaTypes;
import dev.portcullis.http.Port;
import dev.portcullis.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that judge content: any Content-Type will do, since the content tells what it is. */
public final class ReviewRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewRoutes.class);

    private final ReviewService service;
    private final BodyReader dryRuns;
    private final BodyReader admissions;
    private final ReviewPool pool;

    private ReviewRoutes(ReviewService service, BodyReader dryRuns, BodyReader admissions, ReviewPool pool) {
        this.service = service;
        this.dryRuns = dryRuns;
        this.admissions = admissions;
        this.pool = pool;
    }

    /**
     * {@code POST /review} and {@code POST /containers/review}.
     *
     * @param dryRuns reads what is only asked about
     * @param admissions reads what waits for an answer to start
     */
    public static List<HttpRoute> of(
            ReviewService service, BodyReader dryRuns, BodyReader admissions, ReviewPool pool) {
        ReviewRoutes routes = new ReviewRoutes(service, dryRuns, admissions, pool);
        return List.of(
                new HttpRoute(Port.ADMISSION, "POST", "/review", routes::review),
                new HttpRoute(Port.ADMISSION, "POST", "/containers/review", routes::containerReview));
    }

    /** {@code POST /api/v1/review}: the same as {@code /review}, for those who look at the console. */
    public static HttpRoute ofConsole(
            ReviewService service, BodyReader dryRuns, BodyReader admissions, ReviewPool pool) {
        ReviewRoutes routes = new ReviewRoutes(service, dryRuns, admissions, pool);
        return new HttpRoute(Port.CONSOLE, "POST", "/api/v1/review", routes::review);
    }

    private void review(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Query query = Query.parse(request.getQueryString(), request.getHeader("Accept"));
        MediaTypes.requireUncompressed(request);
        try (Body body = dryRuns.read(request)) {
            byte[] content = whole(body);
            Answer answer = pool.run(() -> service.review(content, query));
            Reply.send(response, answer.status(), answer.contentType(), answer.body());
        } catch (UnreadableInputException e) {
            throw new HttpError(e.status(), e.sentence());
        }
    }

    private void containerReview(HttpServletRequest request, HttpServletResponse response)
            throws HttpError, IOException {
        MediaTypes.requireUncompressed(request);
        try (Body body = admissions.read(request)) {
            byte[] answer = switch (body) {
                case Body.Whole whole -> judged(whole.bytes());
                case Body.Refused refused -> service.refuseContainer(refused.head(), refused.code(), refused.message());
            };
            Reply.json(response, 200, answer);
        } catch (UnreadableInputException e) {
            throw new HttpError(e.status(), e.sentence());
        }
    }

    // A gate fails closed by answering.
    private byte[] judged(byte[] body) throws UnreadableInputException {
        try {
            return service.containerReview(body);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
            String requestId = ErrorBody.newRequestId();
            LOG.error("request {} to /containers/review could not be judged", requestId, broken);
            byte[] head = Arrays.copyOf(body, Math.min(body.length, BodyReader.HEAD));
            return service.refuseContainer(
                    head, 500, "Portcullis failed to judge this; its log has the cause under " + requestId);
        }
    }

    private static byte[] whole(Body body) throws HttpError {
        return switch (body) {
            case Body.Whole whole -> whole.bytes();
            case Body.Refused refused -> throw new HttpError(refused.code(), refused.message());
        };
    }
}
