package dev.portcullis.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Writes decisions down, in batches, by a thread of its own, and removes the oldest between two batches. While the database is
 * away it keeps the batch that it has and tries again.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int BATCH = 500;
    private static final long IDLE_MILLIS = 1_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Store store;
    private final InstantSource clock;
    private final Intake intake;
    private final AuditIntake audit;
    private final @Nullable Timings timings;
    private final Consumer<List<Decision>> listener;
    private final Worker worker = new Worker("history", LOG, LONGEST_PAUSE, "the history is written again", this::run);
    private final Housekeeping housekeeping;

    /**
     * A writer that does not run yet.
     *
     * @param timings how the gate does that this is; null where it is none
     */
    Writer(
            Store store,
            Settings settings,
            InstantSource clock,
            Intake intake,
            AuditIntake audit,
            @Nullable Timings timings,
            Consumer<List<Decision>> listener) {
        this.store = store;
        this.clock = clock;
        this.intake = intake;
        this.audit = audit;
        this.timings = timings;
        this.listener = listener;
        this.housekeeping = new Housekeeping(
                settings,
                clock.instant(),
                timings == null ? null : now -> timings.state(now, intake.waiting(), intake.dropped(), false));
    }

    void start() {
        worker.start();
    }

    /** Whether the database could not be used when it was last tried. */
    boolean failing() {
        return worker.isFailing();
    }

    private void run() throws InterruptedException {
        // What was asked before the first decision is answered by what earlier ones left.
        write(List.of());
        while (!worker.isClosing() || intake.waiting() > 0 || !audit.isEmpty()) {
            List<Entry> entries = intake.take(BATCH, worker.isClosing() ? 0 : IDLE_MILLIS);
            if (timings != null) {
                timings.add(entries);
            }
            if (!entries.isEmpty() || intake.lost() > 0 || !audit.isEmpty() || worker.isFailing()) {
                write(entries);
            }
            keepHouse();
        }
    }

    private void write(List<Entry> entries) throws InterruptedException {
        Deque<List<Entry>> left = new ArrayDeque<>(List.of(entries));
        worker.untilDone(() -> attempt(left));
    }

    /** Writes what is left, and takes from it what is done with, so that a later attempt does not count it again. */
    private boolean attempt(Deque<List<Entry>> left) {
        try {
            Database database = store.open(clock.instant());
            Log log = new Log(database);
            append(log, left, intake::settle, () -> intake.settleLost(1));
            long losing = intake.lost();
            log.lose(losing);
            intake.told(losing);
            audit.write(database, clock.instant());
            worker.recovered();
            return true;
        } catch (HistoryUnavailableException away) {
            worker.failed(away.sentence(), away);
        } catch (RuntimeException problem) {
            if (Database.isDamage(problem)) {
                store.abandon(clock.instant(), "the history is damaged: " + Database.root(problem));
            } else {
                worker.failed("the history cannot be written: " + Database.root(problem), problem);
                store.reopenLater();
            }
        }
        return false;
    }

    /** Writes what is left and takes it away. One that the database does not take must not keep the others out. */
    private void append(Log log, Deque<List<Entry>> left, IntConsumer kept, Runnable refusal) {
        while (!left.isEmpty()) {
            List<Entry> entries = left.getFirst();
            try {
                List<Decision> appended = log.append(entries);
                left.removeFirst();
                kept.accept(entries.size());
                listener.accept(appended);
            } catch (DataAccessException refused) {
                if (!Database.isRefusal(refused)) {
                    throw refused;
                }
                left.removeFirst();
                if (entries.size() > 1) {
                    halve(entries, left);
                } else {
                    LOG.error("a decision could not be recorded: {}", Database.root(refused));
                    refusal.run();
                }
            }
        }
    }

    private static void halve(List<Entry> entries, Deque<List<Entry>> left) {
        int middle = entries.size() / 2;
        left.addFirst(entries.subList(middle, entries.size()));
        left.addFirst(entries.subList(0, middle));
    }

    /**
     * Writes what another process hands over, and returns once that is done. What is handed over again is written once; how
     * many it lost is written last, since what fails before it is handed over again with that number.
     */
    void write(Batch batch) throws HistoryUnavailableException {
        Database database = store.opened();
        Log log = new Log(database);
        LongAdder lost = new LongAdder();
        lost.add(batch.lost());
        append(log, new ArrayDeque<>(List.of(batch.entries())), _ -> {}, lost::increment);
        GateState gate = batch.state();
        if (gate != null) {
            new Gates(database).hear(gate, batch.started(), clock.instant());
        }
        log.lose(lost.sum());
        new Outages(database).beat(batch.started(), clock.instant());
    }

    private void keepHouse() {
        Instant now = clock.instant();
        if (worker.isClosing() || worker.isFailing() || !housekeeping.isDue(now)) {
            return;
        }
        try {
            housekeeping.step(store.open(now), now);
        } catch (HistoryUnavailableException | RuntimeException problem) {
            housekeeping.postpone(now);
            worker.failed("the history cannot be kept in order: " + Database.root(problem), problem);
        }
    }

    /** Writes what waits, for a few seconds at most. */
    @Override
    public void close() {
        worker.close();
    }
}
