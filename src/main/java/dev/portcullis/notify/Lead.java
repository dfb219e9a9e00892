package dev.portcullis.notify;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Outbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right to send, which of all processes that share a history one has at a time. */
final class Lead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lead.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    /** Before it ends nothing new is sent, since an attempt takes a while. */
    private static final Duration MARGIN = Duration.ofSeconds(12);

    private final Outbox outbox;
    private final Set<String> targets;
    private final InstantSource clock;
    private final String holder = UUID.randomUUID().toString();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("notify-lead").daemon().factory());

    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile boolean held;
    private volatile long until;

    Lead(Outbox outbox, Set<String> targets, InstantSource clock) {
        this.outbox = outbox;
        this.targets = targets;
        this.clock = clock;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::claim, 0, RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether this process may begin to send something. */
    boolean holds() {
        return held && System.nanoTime() - until < 0 && !isEnding();
    }

    /** From now on nothing new is sent, and nobody rests. */
    void end() {
        ending.countDown();
    }

    boolean isEnding() {
        return ending.getCount() == 0;
    }

    /** Waits, until the end at most. Nobody is interrupted, which would close the file of an embedded database. */
    void rest(Duration time) throws InterruptedException {
        var _ = ending.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void claim() {
        long asked = System.nanoTime();
        try {
            boolean had = holds();
            boolean has = outbox.claim(holder, LEASE);
            if (has && !had) {
                outbox.begin(targets, clock.instant());
                LOG.info("this process sends notifications");
            }
            until = asked + LEASE.minus(MARGIN).toNanos();
            held = has;
        } catch (HistoryUnavailableException away) {
            LOG.debug("who sends notifications is not known", away);
        }
    }

    /** Begins anew where the history has lost what it knew of the targets. */
    void beginAgain() throws HistoryUnavailableException {
        outbox.begin(targets, clock.instant());
    }

    @Override
    public void close() {
        end();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the database is slow");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (held) {
            held = false;
            try {
                outbox.release(holder);
            } catch (HistoryUnavailableException away) {
                LOG.debug("another process has to wait until it may send", away);
            }
        }
    }
}
