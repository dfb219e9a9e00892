package dev.portcullis.policy;

import dev.portcullis.check.Check;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Matter;
import org.jspecify.annotations.Nullable;

/** A check as one policy asks it. */
public record BoundCheck(Check check, Mode mode, Criteria criteria, Fixing fixing, Except except) {
    /** Which of its fixes are applied. */
    public enum Fixing {
        /** Safe ones. */
        SAFE,
        /** Every one that fills in what is absent. */
        ALL,
        /** Every one, those too that write over what somebody has written. */
        OVERWRITING,
        /** None, they are shown only. */
        SUGGESTED,
        /** None, nor are they shown. */
        NONE;

        /** What a policy with this makes of a finding. */
        Judged judge(Finding finding, Policy policy, Mode mode) {
            Finding shown = this == NONE ? finding.withoutFix() : finding;
            return new Judged(shown, policy, mode, applies(shown.fix()));
        }

        private boolean applies(@Nullable Fix fix) {
            return fix != null && (this == ALL || this == OVERWRITING || (this == SAFE && fix.safe()));
        }
    }

    /** Whether it is asked of a matter: of one in a form that it knows, unless whoever asks for it is excepted. */
    boolean concerns(Matter matter) {
        return check.info().concerns(matter.subject().form()) && !excepts(matter);
    }

    /** Whether whoever asks for it is excepted. */
    boolean excepts(Matter matter) {
        return matter instanceof Act act && except.names(act.requester());
    }

    /** Whether it offers fixes that write over what somebody has written. */
    boolean overwrites() {
        return fixing == Fixing.OVERWRITING;
    }

    /** The same offering every fix, where it offers any. */
    BoundCheck overwriting() {
        return fixing == Fixing.NONE ? this : new BoundCheck(check, mode, criteria, Fixing.OVERWRITING, except);
    }

    /** A finding of the check with the fix that may be offered. */
    Finding offering(Finding finding) {
        Fix fix = finding.fix();
        return fix == null || !fix.overwrites() || overwrites() ? finding : finding.withoutFix();
    }

    /** What the policy makes of a finding. */
    Judged judge(Finding finding, Policy policy) {
        return fixing.judge(finding, policy, mode);
    }
}
