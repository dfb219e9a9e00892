package dev.portcullis.check;

import java.util.Locale;

/** How bad it is where a check fails. */
public enum Severity {
    /** The host is as good as taken. */
    CRITICAL,
    /** A known way out, or a barrier gone. */
    HIGH,
    /** An attack becomes easier or its damage larger. */
    MEDIUM,
    /** Good housekeeping. */
    LOW;

    /** The name in reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
