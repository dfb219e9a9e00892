package dev.portcullis.history;

import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What was done at the console and is not kept yet: nobody who does something there waits for the database. */
final class AuditIntake {
    /** The most entries that wait. */
    static final int MOST = 1_000;

    private final BlockingQueue<AuditEntry> waiting = new ArrayBlockingQueue<>(MOST);
    private final AtomicLong lost = new AtomicLong();
    private final Counter dropped;

    AuditIntake(Counter dropped) {
        this.dropped = dropped;
    }

    /** Takes an entry, or counts it as lost where there is no room; refusals, which anybody can cause, leave half to others. */
    void take(AuditEntry entry) {
        boolean crowded = entry.action().equals(AuditEntry.REFUSAL) && waiting.remainingCapacity() <= MOST / 2;
        if (crowded || !waiting.offer(entry)) {
            dropped.increment();
            lost.incrementAndGet();
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty() && lost.get() == 0;
    }

    /** Writes what waits, by one thread at a time; where that fails it waits still. */
    void write(Database database, Instant now) {
        if (isEmpty()) {
            return;
        }
        List<AuditEntry> entries = new ArrayList<>(waiting);
        int taken = entries.size();
        long missing = lost.get();
        if (missing > 0) {
            entries.add(AuditEntry.lost(missing, now));
        }
        new AuditLog(database).append(entries);
        for (int i = 0; i < taken; i++) {
            waiting.remove();
        }
        lost.addAndGet(-missing);
    }
}
