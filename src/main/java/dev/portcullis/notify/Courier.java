package dev.portcullis.notify;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
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

    private final Destination to;
    private final Round round;
    private final Lead lead;
    private final Thread thread;

    /** Looks whether there is something to send, and sends it. */
    @FunctionalInterface
    interface Round {
        /**
         * Does so, and tells how long to rest.
         *
         * @param known what is known of the target
         */
        Duration go(Notified known) throws HistoryUnavailableException, InterruptedException;
    }

    Courier(Destination to, Round round, Lead lead) {
        this.to = to;
        this.round = round;
        this.lead = lead;
        thread = Thread.ofPlatform().name("notify-" + to.name()).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!lead.isEnding()) {
                lead.rest(lead.holds() ? go() : watch());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another process knows how it goes. */
    private Duration watch() {
        to.sender().leave();
        return LOOK;
    }

    // Whatever goes wrong with one message, the next is tried.
    private Duration go() throws InterruptedException {
        try {
            Notified known = to.known();
            return known == null ? LOOK : round.go(known);
        } catch (HistoryUnavailableException away) {
            LOG.debug("what is to be sent to {} is not known: {}", to.name(), away.sentence());
        } catch (RuntimeException broken) {
            LOG.error("what is to be sent to {} cannot be made", to.name(), broken);
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
