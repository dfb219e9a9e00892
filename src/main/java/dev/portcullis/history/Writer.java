package dev.portcullis.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes decisions down, in batches, by a thread of its own, and removes the oldest between two batches. While the database is
 * away it keeps the batch that it has and tries again.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int BATCH = 500;
    private static final long IDLE_MILLIS = 1_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_HOUSEKEEPING = Duration.ofSeconds(15);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Store store;
    private final Settings settings;
    private final InstantSource clock;
    private final Pending pending;
    private final Losses losses;
    private final Consumer<List<Decision>> listener;
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().name("history").daemon().unstarted(this::run);
    private volatile boolean closing;
    private volatile boolean failing;
    private final Instant started;
    private Instant housekeepingDue = Instant.EPOCH;

    Writer(
            Store store,
            Settings settings,
            InstantSource clock,
            Pending pending,
            Losses losses,
            Consumer<List<Decision>> listener) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.pending = pending;
        this.losses = losses;
        this.listener = listener;
        this.started = clock.instant();
    }

    void start() {
        thread.start();
    }

    /** So many more will never be written: told with the next batch. */
    void lose(long more) {
        lost.addAndGet(more);
    }

    /** Whether the database could not be used when it was last tried. */
    boolean failing() {
        return failing;
    }

    private void run() {
        try {
            // What was asked before the first decision is answered by what earlier ones left.
            write(List.of());
            while (!closing || pending.size() > 0) {
                List<Entry> entries = entries(pending.take(BATCH, closing ? 0 : IDLE_MILLIS));
                if (!entries.isEmpty() || lost.get() > 0 || failing) {
                    write(entries);
                }
                keepHouse();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Entry> entries(List<Supplier<Entry>> taken) {
        List<Entry> entries = new ArrayList<>(taken.size());
        for (Supplier<Entry> each : taken) {
            try {
                entries.add(each.get());
            } catch (RuntimeException unexpected) {
                LOG.error("a decision could not be recorded", unexpected);
                lose(1);
                losses.settle(1);
            }
        }
        return entries;
    }

    private void write(List<Entry> entries) throws InterruptedException {
        Deque<List<Entry>> left = new ArrayDeque<>(List.of(entries));
        Duration pause = FIRST_PAUSE;
        while (!attempt(left)) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Writes what is left, and takes from it what is done with, so that a later attempt does not count it again. */
    private boolean attempt(Deque<List<Entry>> left) {
        try {
            Log log = new Log(store.open(clock.instant()));
            while (!left.isEmpty()) {
                append(log, left);
            }
            recovered();
            return true;
        } catch (HistoryUnavailableException away) {
            failed(away.sentence(), away);
        } catch (RuntimeException problem) {
            if (Database.isDamage(problem)) {
                store.abandon(clock.instant(), "the history is damaged: " + Database.root(problem));
            } else {
                failed("the history cannot be written: " + Database.root(problem), problem);
                store.reopenLater();
            }
        }
        return false;
    }

    /** One that the database does not take must not keep the others out. */
    private void append(Log log, Deque<List<Entry>> left) {
        List<Entry> entries = left.getFirst();
        long losing = lost.get();
        try {
            List<Decision> appended = log.append(entries, losing);
            left.removeFirst();
            lost.addAndGet(-losing);
            losses.settle(entries.size());
            listener.accept(appended);
        } catch (DataIntegrityViolationException refused) {
            left.removeFirst();
            if (entries.size() > 1) {
                int middle = entries.size() / 2;
                left.addFirst(entries.subList(middle, entries.size()));
                left.addFirst(entries.subList(0, middle));
            } else {
                LOG.error("a decision could not be recorded: {}", Database.root(refused));
                lose(entries.size());
                losses.settle(entries.size());
            }
        }
    }

    private void failed(String sentence, @Nullable Throwable problem) {
        if (!failing) {
            LOG.error("{}; decisions go on, and {} are kept until it can be", sentence, Pending.MOST);
            LOG.debug("the cause", problem);
        }
        failing = true;
    }

    private void recovered() {
        if (failing) {
            LOG.info("the history is written again");
        }
        failing = false;
    }

    /** One step only, so that decisions that wait are written between two. */
    private void keepHouse() {
        Instant now = clock.instant();
        if (closing || failing || now.isBefore(housekeepingDue)) {
            return;
        }
        try {
            Database database = store.open(now);
            new Outages(database).beat(started, now);
            Retention retention = new Retention(database, settings);
            boolean more = new Hourly(database).step() || retention.step(now);
            if (!more) {
                retention.forget(now);
                housekeepingDue = now.plus(BETWEEN_HOUSEKEEPING);
            }
        } catch (HistoryUnavailableException | RuntimeException problem) {
            housekeepingDue = now.plus(BETWEEN_HOUSEKEEPING);
            failed("the history cannot be kept in order: " + Database.root(problem), problem);
        }
    }

    /** Writes what waits, for a few seconds at most. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(FAREWELL)) {
                thread.interrupt();
                thread.join(FAREWELL);
            }
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
