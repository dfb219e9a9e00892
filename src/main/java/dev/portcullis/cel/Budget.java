package dev.portcullis.cel;

import java.time.Duration;

/**
 * What one evaluation may cost.
 *
 * @param units of work: about one for each step, for sixteen characters looked at and for each element touched
 * @param time by the clock, for evaluations that took more than a hundredth of the units
 */
public record Budget(long units, Duration time) {
    /** Enough for any sensible rule: Kubernetes allows one call as many units. */
    public static final Budget DEFAULT = new Budget(1_000_000, Duration.ofMillis(100));

    /** Checks that both are positive. */
    public Budget {
        if (units <= 0 || !time.isPositive()) {
            throw new IllegalArgumentException("a budget must be positive: " + units + " units, " + time);
        }
    }
}
