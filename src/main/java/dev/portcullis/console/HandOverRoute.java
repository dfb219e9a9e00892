package dev.portcullis.console;

import dev.portcullis.history.Batch;
import dev.portcullis.history.History;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.http.Body;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.Clients;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Takes the decisions that gates hand over, and answers once they are kept. */
public final class HandOverRoute {
    /** Where gates hand them over. */
    public static final String PATH = "/handover";

    private static final int KEPT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final History history;
    private final BodyReader bodies;
    private final Clients gates;

    /**
     * A route.
     *
     * @param gates by whose certificates it knows them
     */
    public HandOverRoute(History history, BodyReader bodies, Clients gates) {
        this.history = history;
        this.bodies = bodies;
        this.gates = gates;
    }

    /** The route, on the port for machines. */
    public HttpRoute route() {
        return new HttpRoute(Port.ADMISSION, "POST", PATH, this::take);
    }

    private void take(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        String refusal = gates.refusal(request);
        if (refusal != null) {
            throw new HttpError(FORBIDDEN, refusal);
        }
        try (Body body = bodies.read(request)) {
            switch (body) {
                case Body.Whole whole -> take(whole.bytes());
                case Body.Refused refused -> throw new HttpError(refused.code(), refused.message());
            }
        }
        response.setStatus(KEPT);
    }

    private void take(byte[] sent) throws HttpError {
        try {
            history.take(Batch.unpack(sent));
        } catch (IllegalArgumentException unreadable) {
            throw new HttpError(BAD_REQUEST, String.valueOf(unreadable.getMessage()));
        } catch (HistoryUnavailableException away) {
            throw new HttpError(UNAVAILABLE, away.sentence());
        }
    }
}
