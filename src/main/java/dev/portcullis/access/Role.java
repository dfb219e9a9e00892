package dev.portcullis.access;

import java.util.Locale;

/** What somebody may do. */
public enum Role {
    /** Look. */
    VIEWER,
    /** Look, and change what the console lets be changed. */
    ADMIN;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
