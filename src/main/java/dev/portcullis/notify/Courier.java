package dev.portcullis.notify;

import dev.portcullis.history.HistoryUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target's own thread, so that no target waits for another. */
final class Courier {
    /** Between two looks at whether there is anything to send. */
    static final Duration LOOK = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final String target;
    private final Round round;
    private final Lead lead;
    private final Thread thread;

    /** Looks whether there is something to send, and sends it. */
    @FunctionalInterface
    interface Round {
        /** Does so, and tells how long to rest. */
        Duration go() throws HistoryUnavailableException, InterruptedException;
    }

    Courier(String target, Round round, Lead lead) {
        this.target = target;
        this.round = round;
        this.lead = lead;
        thread = Thread.ofPlatform().name("notify-" + target).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!lead.isEnding()) {
                lead.rest(lead.holds() ? go() : LOOK);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    // Whatever goes wrong with one message, the next is tried.
    private Duration go() throws InterruptedException {
        try {
            return round.go();
        } catch (HistoryUnavailableException away) {
            LOG.debug("what is to be sent to {} is not known: {}", target, away.sentence());
        } catch (RuntimeException broken) {
            LOG.error("what is to be sent to {} cannot be made", target, broken);
        }
        return AFTER_FAILURE;
    }

    /** Lets a message that is on its way arrive, for a moment. */
    void await() {
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
