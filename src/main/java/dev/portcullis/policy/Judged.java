package dev.portcullis.policy;

import dev.portcullis.check.Finding;

/**
 * A finding and what a policy makes of it.
 *
 * @param mode what it leads to here; an update that brings nothing new lowers it
 * @param fixed whether the policy applies its fix
 */
public record Judged(Finding finding, Policy policy, Mode mode, boolean fixed) {
    /** Whether it denies. */
    public boolean denies() {
        return mode == Mode.ENFORCE && finding.isViolation();
    }

    /** The same, leading to a warning at most. */
    Judged lowered() {
        return mode == Mode.ENFORCE ? new Judged(finding, policy, Mode.WARN, fixed) : this;
    }
}
