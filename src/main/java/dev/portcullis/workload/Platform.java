package dev.portcullis.workload;

import java.util.Locale;

/** Where a workload runs. */
public enum Platform {
    /** A pod, or a controller of pods. */
    KUBERNETES,
    /** A container of a Docker engine. */
    DOCKER;

    /** The name in policies and reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
