package dev.portcullis.engine;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets few ask at once, and of those who wait the one first whose time ends first: who came first, where all have as much. */
final class Turns {
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.naturalOrder());
    private int free;
    private long came;

    /**
     * Turns that are all free.
     *
     * @param atOnce how many may be taken at once
     */
    Turns(int atOnce) {
        free = atOnce;
    }

    /** Waits for one, which is to be {@linkplain #end() ended}. */
    void begin(Deadline deadline) throws EngineUnavailableException {
        Waiting waiting = takeOrWait(deadline);
        try {
            if (!waiting.turn.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS) && leave(waiting)) {
                throw new EngineUnavailableException("was not asked: too many requests are waiting for its answers");
            }
        } catch (InterruptedException stopped) {
            if (!leave(waiting)) {
                end();
            }
            Thread.currentThread().interrupt();
            throw new EngineUnavailableException("was not asked: the gate is about to stop");
        }
    }

    private synchronized Waiting takeOrWait(Deadline deadline) {
        Waiting waiting = new Waiting(deadline, came++, new Semaphore(0));
        if (free > 0) {
            free--;
            waiting.turn.release();
        } else {
            queue.add(waiting);
        }
        return waiting;
    }

    /** Whether it still waited: otherwise its turn has come meanwhile. */
    private synchronized boolean leave(Waiting waiting) {
        return queue.remove(waiting);
    }

    /** One is over; the next begins. */
    synchronized void end() {
        Waiting next = queue.poll();
        if (next == null) {
            free++;
        } else {
            next.turn.release();
        }
    }

    private record Waiting(Deadline deadline, long came, Semaphore turn) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int sooner = Long.signum(deadline.nanos() - other.deadline.nanos());
            return sooner != 0 ? sooner : Long.compare(came, other.came);
        }
    }
}
