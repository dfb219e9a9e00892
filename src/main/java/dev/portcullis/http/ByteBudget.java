package dev.portcullis.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on the bytes of all bodies held at once. Large bodies may take three quarters of it, so that a few of them
 * never turn the usual small ones away.
 */
public final class ByteBudget {
    /** From this size on, in bytes, a body counts as large: an ordinary review is a hundredth of it. */
    private static final int LARGE = 1 << 20;

    private final long total;
    private final AtomicLong used = new AtomicLong();

    /** A budget of {@code total} bytes. */
    public ByteBudget(long total) {
        this.total = total;
    }

    /** The bytes held now. */
    public long used() {
        return used.get();
    }

    /** A claim on this budget that begins with no bytes. */
    Claim claim() {
        return new Claim();
    }

    /** What one body holds of the budget; used by one thread. */
    final class Claim implements AutoCloseable {
        private long held;

        /** Makes the claim {@code size} bytes; false, and unchanged, when the budget has no room. */
        boolean growTo(long size) {
            long ceiling = size >= LARGE ? total - total / 4 : total;
            long more = size - held;
            long before;
            do {
                before = used.get();
                if (before + more > ceiling) {
                    return false;
                }
            } while (!used.compareAndSet(before, before + more));
            held = size;
            return true;
        }

        /** Gives everything back; twice is once. */
        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
