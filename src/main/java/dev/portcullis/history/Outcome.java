package dev.portcullis.history;

import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Report;
import java.util.Locale;

/** What became of a request. */
public enum Outcome {
    /** Allowed, and nobody was told anything. */
    ALLOW,
    /** Allowed with warnings. */
    WARN,
    /** Denied. */
    DENY;

    /** What policies make of it. */
    public static Outcome of(Report report) {
        if (!report.allowed()) {
            return DENY;
        }
        return report.violations(Mode.WARN).isEmpty() ? ALLOW : WARN;
    }

    /** As it is stored and shown. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
