package dev.portcullis.engine;

import java.time.Duration;

/**
 * What decisions ask the engine, few questions at once: two hundred that ask together keep one another waiting until the time
 * of all has run out, one after the other they are done in time.
 */
final class Enquiries {
    /** Questions at once. */
    private static final int AT_ONCE = 8;

    /** Time for one answer of the engine. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Time for all that one decision asks, the turns included that it waits for. */
    private static final Duration DECISION = Duration.ofSeconds(10);

    private final EngineView engine;
    private final ImagesById images = new ImagesById();

    Enquiries(EngineView engine) {
        this.engine = new SharedAnswers(engine, new Turns(AT_ONCE), PATIENCE);
    }

    /** What one decision asks from now on. */
    Enquiry begin() {
        return new Enquiry(engine, images, Deadline.in(DECISION));
    }
}
