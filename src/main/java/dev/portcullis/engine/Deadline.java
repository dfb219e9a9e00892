package dev.portcullis.engine;

import java.time.Duration;

/**
 * Until when an answer is waited for.
 *
 * @param nanos a moment of {@link System#nanoTime()}
 */
public record Deadline(long nanos) {
    /** In so much time from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** This one or, where that is sooner, one in so much time from now. */
    Deadline orIn(Duration time) {
        Deadline other = in(time);
        return nanos - other.nanos < 0 ? this : other;
    }

    /** The time that is left, 0 or less where there is none. */
    public long left() {
        return nanos - System.nanoTime();
    }
}
