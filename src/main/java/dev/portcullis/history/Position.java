package dev.portcullis.history;

import java.time.Instant;

/**
 * A place in the order of time as one number: milliseconds since 1970, and below them the lowest bits of the row's number,
 * which tell rows of one millisecond apart.
 */
final class Position {
    private static final int BITS = 20;
    private static final long MASK = (1L << BITS) - 1;

    /** The latest milliseconds that fit. */
    private static final long LATEST = Long.MAX_VALUE >> BITS;

    private Position() {}

    static long of(Instant at, long seq) {
        return from(at) | (seq & MASK);
    }

    /** The first of a moment, or of the millisecond that it is in. */
    static long from(Instant at) {
        return Math.clamp(at.toEpochMilli(), 0, LATEST) << BITS;
    }

    static Instant at(long position) {
        return Instant.ofEpochMilli(position >> BITS);
    }
}
