package dev.portcullis.history;

import java.util.Locale;

/** Who asked for a decision. */
public enum Source {
    /** An API server, by {@code /validate}. */
    ADMISSION,
    /** Somebody who sent a ContainerReview. */
    CONTAINER,
    /** A Docker engine, by its authorization plugin. */
    DOCKER;

    /** As it is stored and shown. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
