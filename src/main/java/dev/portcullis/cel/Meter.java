package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;

/** Counts what one evaluation costs. */
final class Meter {
    static final int MAX_TEXT = 1 << 20;

    private static final long LOOK_EVERY = 512;

    private final Budget budget;
    private final long start = System.nanoTime();
    private final long mayWait;
    private long remaining;
    private long nextLook;

    Meter(Budget budget) {
        this.budget = budget;
        remaining = budget.units();
        mayWait = remaining - remaining / 100;
        nextLook = remaining - LOOK_EVERY;
    }

    /** Thrown through everything that recovers from errors, as {@code ||} does. */
    static final class Exhausted extends Error {
        private static final long serialVersionUID = 1L;

        Exhausted(String message) {
            super(message, null, false, false);
        }
    }

    void step() {
        if (--remaining < nextLook) {
            look();
        }
    }

    void charge(long units) {
        remaining -= Math.min(units, budget.units() + 1);
        if (remaining < nextLook) {
            look();
        }
    }

    /** For work on text that takes a few nanoseconds for each character. */
    void chargeText(int length) {
        charge((length >> 4) + 1L);
    }

    /** Little work does not run away: if it took long, then the machine kept it waiting. */
    void look() {
        if (remaining < 0) {
            throw new Exhausted("it took more than its budget of " + budget.units() + " units of work");
        }
        if (remaining < mayWait && System.nanoTime() - start > budget.time().toNanos()) {
            throw new Exhausted("it took longer than " + budget.time().toMillis() + " ms");
        }
        nextLook = remaining - LOOK_EVERY;
    }

    /** Text that was made: growing text is cheap to make from itself, so it is bounded as well as charged. */
    String text(String made) throws CelEvaluationException {
        checkTextLength(made.length());
        chargeText(made.length());
        return made;
    }

    static void checkTextLength(long length) throws CelEvaluationException {
        if (length > MAX_TEXT) {
            throw new CelEvaluationException("text of more than " + MAX_TEXT + " characters");
        }
    }
}
