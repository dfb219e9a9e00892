package dev.portcullis.cli;

import dev.portcullis.inspection.Tally;
import dev.portcullis.policy.Mode;

/** From which mode on a violation fails a command, by the names that users give. */
enum FailOn {
    enforce(Mode.ENFORCE),
    warn(Mode.WARN),
    audit(Mode.AUDIT);

    private final Mode mode;

    FailOn(Mode mode) {
        this.mode = mode;
    }

    /** The mildest mode whose violations fail. */
    Mode mode() {
        return mode;
    }

    /** How many violations fail. */
    int violations(Tally tally) {
        return tally.enforce()
                + (mode.atLeast(Mode.ENFORCE) ? 0 : tally.warn())
                + (mode.atLeast(Mode.WARN) ? 0 : tally.audit());
    }
}
