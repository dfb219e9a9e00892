package dev.portcullis.policy;

import dev.portcullis.check.Check;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import org.jspecify.annotations.Nullable;

/** A check as one policy asks it. */
public record BoundCheck(Check check, Mode mode, Criteria criteria, Fixing fixing) {
    /** Which of its fixes are applied. */
    public enum Fixing {
        /** Safe ones. */
        SAFE,
        /** Every one. */
        ALL,
        /** None, they are shown only. */
        SUGGESTED,
        /** None, nor are they shown. */
        NONE
    }

    /** What the policy makes of a finding. */
    Judged judge(Finding finding, Policy policy) {
        Finding shown = fixing == Fixing.NONE ? finding.withoutFix() : finding;
        return new Judged(shown, policy, mode, applies(shown.fix()));
    }

    private boolean applies(@Nullable Fix fix) {
        return fix != null && (fixing == Fixing.ALL || (fixing == Fixing.SAFE && fix.safe()));
    }
}
