package dev.portcullis.access;

import java.util.Locale;

/** What somebody may do. */
public enum Role {
    /** Report what runs on a Docker host. */
    HOST,
    /** Look. */
    VIEWER,
    /** Look, and change what the console lets be changed. */
    ADMIN;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
