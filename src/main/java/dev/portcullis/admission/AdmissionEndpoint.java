package dev.portcullis.admission;

import dev.portcullis.http.Body;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.Clients;
import dev.portcullis.http.Endpoint;
import dev.portcullis.http.ErrorBody;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.MediaTypes;
import dev.portcullis.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One webhook. Whatever goes wrong, the answer is HTTP 200 when the uid can be read: any other status would admit the
 * pod under {@code failurePolicy: Ignore}.
 */
final class AdmissionEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionEndpoint.class);

    private static final int FORBIDDEN = 403;

    private final Route route;
    private final AdmissionService service;
    private final BodyReader bodies;
    private final Clients clients;

    AdmissionEndpoint(Route route, AdmissionService service, BodyReader bodies, Clients clients) {
        this.route = route;
        this.service = service;
        this.bodies = bodies;
        this.clients = clients;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        MediaTypes.requireJson(request);
        MediaTypes.requireUncompressed(request);
        String refusal = clients.refusal(request);
        try (Body body = refusal == null ? bodies.read(request) : bodies.refuse(request, FORBIDDEN, refusal)) {
            byte[] answer = switch (body) {
                case Body.Whole whole -> judge(whole.bytes());
                case Body.Refused refused -> refuse(refused.head(), refused.code(), refused.message());
            };
            Reply.json(response, 200, answer);
        }
    }

    private byte[] judge(byte[] body) throws HttpError {
        try {
            return route == Route.VALIDATE ? service.validate(body) : service.mutate(body);
        } catch (UnreadableReviewException e) {
            throw new HttpError(400, e.sentence());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String requestId = ErrorBody.newRequestId();
            LOG.error("request {} to {} could not be judged", requestId, route.path(), e);
            byte[] head = Arrays.copyOf(body, Math.min(body.length, BodyReader.HEAD));
            return refuse(head, 500, "Portcullis failed to judge this; its log has the cause under " + requestId);
        }
    }

    private byte[] refuse(byte[] head, int code, String message) throws HttpError {
        try {
            return service.refuse(route, head, code, message);
        } catch (UnreadableReviewException e) {
            throw new HttpError(code, message);
        }
    }
}
