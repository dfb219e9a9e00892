package dev.portcullis.policy;

import java.util.Locale;

/** What a failed check leads to, from nothing to denial. */
public enum Mode {
    /** It is not asked. */
    OFF,
    /** Recorded. */
    AUDIT,
    /** Allowed, and the caller is told. */
    WARN,
    /** Denied. */
    ENFORCE;

    /** The name in policies and reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this is the other or stricter. */
    public boolean atLeast(Mode other) {
        return compareTo(other) >= 0;
    }
}
