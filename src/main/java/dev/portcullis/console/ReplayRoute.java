package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.Recording;
import dev.portcullis.history.Seen;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.impact.Again;
import dev.portcullis.policy.PolicySet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/** Judges what was asked in one decision again: by the policies in force, or with others in place of those of their names. */
public final class ReplayRoute {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int AT_ONCE = 2;

    private final Governing governing;
    private final History history;
    private final Grounds grounds;
    private final Candidates candidates;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** A route that judges by what is decided by now. */
    public ReplayRoute(Governing governing, History history, Grounds grounds, BodyReader bodies, InstantSource clock) {
        this.governing = governing;
        this.history = history;
        this.grounds = grounds;
        this.candidates = new Candidates(bodies, history);
        this.clock = clock;
    }

    /** The route, for whoever may see the decision: it changes nothing. */
    public HttpRoute route() {
        return new HttpRoute(Port.CONSOLE, "POST", "/api/v1/decisions/replay", this::replay);
    }

    private void replay(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "seq", "version");
        long seq = parameters.row("seq");
        PolicySet inForce = governing.set().get();
        PolicySet policies =
                candidates.read(request, parameters.text("version"), inForce).orElse(inForce);
        Seen seen = Asking.seen(history);
        Recording recording = Answer.to(() -> seen.recording(seq))
                .orElseThrow(() -> new HttpError(NOT_FOUND, "there is no such decision, or none that you may see"));
        if (!places.tryAcquire()) {
            throw new HttpError(TOO_MANY, AT_ONCE + " decisions are being judged again: try again in a second");
        }
        try {
            Answer.json(response, judged(recording, policies, inForce));
        } finally {
            places.release();
        }
    }

    /** By a thread of the operating system's own: a long one on a virtual thread would keep its carrier from decisions. */
    private Replayed judged(Recording recording, PolicySet policies, PolicySet inForce) throws HttpError {
        Instant now = clock.instant();
        Again again = again(recording, now);
        boolean decided = inForce.version().equals(recording.decision().policies());
        FutureTask<Replayed> task = new FutureTask<>(() -> Replayed.of(
                recording.decision(),
                again,
                again.asDecided(policies),
                decided ? again.asDecided(inForce) : null,
                now));
        Thread.ofPlatform().name("replay").daemon().start(task);
        try {
            return task.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new HttpError(UNAVAILABLE, "the server is stopping: try again in a second");
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a decision could not be judged again", failed.getCause());
        }
    }

    private Again again(Recording recording, Instant now) throws HttpError {
        if (recording.decision().policies() == null) {
            throw new HttpError(
                    CONFLICT, "no policy made this decision: what was asked could not be judged then either");
        }
        if (recording.asked() == null) {
            throw new HttpError(
                    CONFLICT,
                    "what was asked is not kept: it was over 1 MiB, or older than what portcullis.history.bodies has room for;"
                            + " raise that setting (256MB unless it is set, 0 keeps none) to keep it for longer");
        }
        return Again.of(recording.asked(), grounds.known(), now)
                .orElseThrow(() -> new HttpError(CONFLICT, "what was asked is nothing that policies judge"));
    }
}
