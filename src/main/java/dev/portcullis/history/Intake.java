package dev.portcullis.history;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decisions that were taken and are not kept yet, and how many will never be. */
final class Intake implements Recorder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Pending pending = new Pending();
    private final Losses losses;
    private final Counter dropped;
    private final AtomicLong lost = new AtomicLong();

    Intake(Losses losses, Counter dropped) {
        this.losses = losses;
        this.dropped = dropped;
    }

    /**
     * One whose counts outlive the process.
     *
     * @param counts the file that they are in
     */
    static Intake counting(Path counts, Counter dropped) {
        try {
            Path folder = counts.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return new Intake(Losses.in(counts), dropped);
        } catch (IOException unwritable) {
            LOG.error("how many decisions are lost when the gate is killed cannot be told", unwritable);
            return new Intake(Losses.forgotten(), dropped);
        }
    }

    /** Counts what an earlier process took and did not settle. */
    void begin() {
        long earlier = losses.ofEarlier();
        if (earlier > 0) {
            LOG.warn(
                    "{} decisions are missing in the history: they were not written yet when the gate was killed",
                    earlier);
            dropped.increment((double) earlier);
            lose(earlier);
        }
    }

    @Override
    public boolean record(long bytes, Supplier<Entry> entry) {
        if (!pending.offer(bytes, entry)) {
            dropped.increment();
            lose(1);
            return false;
        }
        losses.take();
        return true;
    }

    /** Waits for the next entries; empty where none came in time. */
    List<Entry> take(int most, long millis) throws InterruptedException {
        List<Supplier<Entry>> taken = pending.take(most, millis);
        List<Entry> entries = new ArrayList<>(taken.size());
        for (Supplier<Entry> each : taken) {
            try {
                entries.add(each.get());
            } catch (RuntimeException unexpected) {
                LOG.error("a decision could not be recorded", unexpected);
                settleLost(1);
            }
        }
        return entries;
    }

    /** So many more will never be kept. */
    private void lose(long more) {
        lost.addAndGet(more);
    }

    /** So many that were taken are kept. */
    void settle(int more) {
        losses.settle(more);
    }

    /** So many that were taken will never be kept. */
    void settleLost(int more) {
        dropped.increment(more);
        lose(more);
        losses.settle(more);
    }

    /** Those that are lost and that nobody was told of. */
    long lost() {
        return lost.get();
    }

    /** It was told of so many. */
    void told(long some) {
        lost.addAndGet(-some);
    }

    /** How many are lost since the start, whoever was told. */
    double dropped() {
        return dropped.count();
    }

    int waiting() {
        return pending.size();
    }

    @Override
    public void close() {
        try {
            losses.close();
        } catch (IOException unwritable) {
            LOG.warn("closing the count of decisions", unwritable);
        }
    }
}
