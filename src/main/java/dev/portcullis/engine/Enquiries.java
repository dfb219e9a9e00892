package dev.portcullis.engine;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few decisions ask the engine at once: two hundred that ask together keep one another waiting until the time of all has
 * run out, one after the other they are done in time.
 */
final class Enquiries {
    /** Decisions that ask at once. */
    private static final int AT_ONCE = 8;

    /** Time for all that one decision asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Time until a decision may begin to ask. */
    private static final Duration TURN = Duration.ofSeconds(30);

    private final EngineView engine;
    private final Duration turn;
    private final ImagesById images = new ImagesById();
    private final Semaphore free = new Semaphore(AT_ONCE, true);

    Enquiries(EngineView engine) {
        this(engine, TURN);
    }

    Enquiries(EngineView engine, Duration turn) {
        this.engine = engine;
        this.turn = turn;
    }

    /** Waits for its turn; to be closed once nothing more is asked. */
    Enquiry begin() throws EngineUnavailableException {
        try {
            if (!free.tryAcquire(turn.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EngineUnavailableException("was not asked: too many requests are waiting for its answers");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailableException("was not asked: the gate is about to stop");
        }
        return new Enquiry(engine, images, Deadline.in(PATIENCE), free::release);
    }
}
