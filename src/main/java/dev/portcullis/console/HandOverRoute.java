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
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Takes the decisions that gates hand over, and answers once they are kept. */
public final class HandOverRoute {
    /** Where gates hand them over. */
    public static final String PATH = "/handover";

    private static final int KEPT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One batch at a time: unpacked, it may be a thousand times what was sent. */
    private final Semaphore turn = new Semaphore(1, true);

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
                case Body.Whole whole -> takeInTurn(whole.bytes());
                case Body.Refused refused -> throw new HttpError(refused.code(), refused.message());
            }
        }
        response.setStatus(KEPT);
    }

    private void takeInTurn(byte[] sent) throws HttpError {
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HttpError(UNAVAILABLE, "other gates hand over their decisions; hand these over later");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HttpError(UNAVAILABLE, "the console is about to end");
        }
        try {
            take(sent);
        } finally {
            turn.release();
        }
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
