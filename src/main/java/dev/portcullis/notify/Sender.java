package dev.portcullis.notify;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
import dev.portcullis.history.Outbox;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;

/** Sends messages to one target, again and again where that fails, and keeps account of it. */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final String target;
    private final Outbox outbox;
    private final Lead lead;
    private final Patience patience;
    private final InstantSource clock;
    private final Meters meters;
    private volatile boolean failing;

    Sender(String target, Outbox outbox, Lead lead, Patience patience, InstantSource clock, Meters meters) {
        this.target = target;
        this.outbox = outbox;
        this.lead = lead;
        this.patience = patience;
        this.clock = clock;
        this.meters = meters;
    }

    /** One attempt. */
    @FunctionalInterface
    interface Attempt {
        void run() throws UnsentException, InterruptedException;
    }

    /** What became of a message. */
    enum Outcome {
        /** It was taken. */
        SENT,
        /** It will not be sent. */
        GIVEN_UP,
        /** Another process is to send it. */
        LEFT
    }

    /** What is known of the target; null where that has just begun. */
    @Nullable Notified known() throws HistoryUnavailableException {
        Notified known = outbox.targets().get(target);
        if (known == null) {
            lead.beginAgain();
        } else {
            meters.waiting(known.waiting());
        }
        return known;
    }

    Outcome send(Attempt attempt) throws InterruptedException, HistoryUnavailableException {
        BackOffExecution pauses = patience.begin();
        long begun = System.nanoTime();
        while (lead.holds()) {
            try {
                attempt.run();
                meters.sent();
                if (failing) {
                    LOG.info("{} takes notifications again", target);
                }
                failing = false;
                return Outcome.SENT;
            } catch (UnsentException unsent) {
                tell(unsent);
                long pause = pauses.nextBackOff();
                if (pause != BackOffExecution.STOP && unsent.pause() != null) {
                    pause = Math.max(pause, unsent.pause().toMillis());
                }
                Duration passed = Duration.ofNanos(System.nanoTime() - begun);
                if (unsent.isFinal()
                        || pause == BackOffExecution.STOP
                        || passed.plusMillis(pause).compareTo(patience.inAll()) > 0) {
                    return Outcome.GIVEN_UP;
                }
                lead.rest(Duration.ofMillis(pause));
            }
        }
        return Outcome.LEFT;
    }

    private void tell(UnsentException unsent) throws HistoryUnavailableException {
        meters.failed();
        if (!failing) {
            LOG.warn("a notification was not sent to {}: {}", target, unsent.sentence());
        }
        failing = true;
        outbox.failed(target, unsent.sentence(), clock.instant());
    }

    /** Another process sends: how it goes is not known here. */
    void leave() {
        failing = false;
        meters.left();
    }

    /** Decisions or digests that the target is not told of. */
    void lost(long count, String what) {
        meters.lost(count);
        LOG.error("{} {} given up for {}", count, what, target);
    }
}
