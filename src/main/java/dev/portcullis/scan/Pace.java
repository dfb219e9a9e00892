package dev.portcullis.scan;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Rests for as long as was worked, a little at a time, so that decisions which are made beside it, and an API server that is
 * asked, have half of the time to themselves.
 */
final class Pace {
    private static final long STINT = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_REST = Duration.ofMillis(500).toNanos();

    private final LongSupplier clock;
    private final Rest rest;
    private long begun;

    /** Lets time pass, in nanoseconds; less of it where the thread is interrupted. */
    interface Rest {
        void of(long nanoseconds);
    }

    Pace() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    Pace(LongSupplier clock, Rest rest) {
        this.clock = clock;
        this.rest = rest;
        begun = clock.getAsLong();
    }

    /** Something was done. */
    void step() {
        long worked = clock.getAsLong() - begun;
        if (worked >= STINT) {
            rest.of(Math.min(worked, LONGEST_REST));
            begun = clock.getAsLong();
        }
    }
}
