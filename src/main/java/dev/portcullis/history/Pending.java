package dev.portcullis.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Decisions that wait to be written down: so many, and so many bytes of what was asked, at most. */
final class Pending {
    static final int MOST = 10_000;
    static final long MOST_BYTES = 32L * 1024 * 1024;

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST);
    private final AtomicLong bytes = new AtomicLong();

    private record Waiting(long bytes, Supplier<Entry> entry) {}

    /** False where there is no room. */
    boolean offer(long size, Supplier<Entry> entry) {
        if (bytes.addAndGet(size) > MOST_BYTES || !queue.offer(new Waiting(size, entry))) {
            bytes.addAndGet(-size);
            return false;
        }
        return true;
    }

    /**
     * Waits for the next, and takes what waits behind it.
     *
     * @return empty where nothing came in time
     */
    List<Supplier<Entry>> take(int most, long millis) throws InterruptedException {
        Waiting first = queue.poll(millis, TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<Waiting> taken = new ArrayList<>();
        taken.add(first);
        queue.drainTo(taken, most - 1);
        taken.forEach(waiting -> bytes.addAndGet(-waiting.bytes()));
        return taken.stream().map(Waiting::entry).toList();
    }

    int size() {
        return queue.size();
    }
}
