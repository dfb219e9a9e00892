package dev.portcullis.policy;

import dev.portcullis.check.Finding;
import org.jspecify.annotations.Nullable;

/**
 * A finding and what a policy makes of it.
 *
 * @param mode what it leads to here; an update that brings nothing new lowers it
 * @param fixed whether the policy applies its fix
 * @param exemption what gives leave for it, so that it leads to nothing; null where nothing does
 */
public record Judged(
        Finding finding,
        Policy policy,
        Mode mode,
        boolean fixed,
        @Nullable Exemption exemption) {
    /** One for which there is no leave. */
    public Judged(Finding finding, Policy policy, Mode mode, boolean fixed) {
        this(finding, policy, mode, fixed, null);
    }

    /** Whether it denies. */
    public boolean denies() {
        return mode == Mode.ENFORCE && counts();
    }

    /** Whether it speaks against the subject, and there is no leave for it. */
    public boolean counts() {
        return exemption == null && finding.isViolation();
    }

    /** What makes it the same in another state of its subject; a rule is its policy's own, whatever its name. */
    String identity() {
        return isOfRule() ? policy.name() + "\0" + finding.identity() : finding.identity();
    }

    /** Whether it answers one of the policy's own rules. */
    boolean isOfRule() {
        return finding.check().id().startsWith(Rule.PREFIX);
    }

    /** The same, leading to a warning at most. */
    Judged lowered() {
        return mode == Mode.ENFORCE ? new Judged(finding, policy, Mode.WARN, fixed, exemption) : this;
    }

    /** The same with leave for it; what is allowed is left as it is. */
    Judged exempted(Exemption leave) {
        return new Judged(finding, policy, mode, false, leave);
    }

    /** The same with no fix to offer. */
    Judged unfixed() {
        return new Judged(finding.withoutFix(), policy, mode, false, exemption);
    }
}
