package dev.portcullis.registry;

import java.time.Duration;

/** The moment until which a look-up may take. */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left, in nanoseconds; not below 0. */
    long left() {
        return Math.max(0, nanos - System.nanoTime());
    }
}
