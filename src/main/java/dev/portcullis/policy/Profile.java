package dev.portcullis.policy;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Level;
import java.util.Arrays;
import java.util.Locale;

/** A named set of checks. */
public enum Profile {
    /** No check but those a policy names. */
    NONE(Level.HARDENED),
    /** The Pod Security Standards' baseline, to the letter. */
    BASELINE(Level.BASELINE),
    /** The Pod Security Standards' restricted, to the letter. */
    RESTRICTED(Level.RESTRICTED),
    /** Restricted without its waivers, and every other check there is. */
    HARDENED(Level.HARDENED);

    private final Level level;

    Profile(Level level) {
        this.level = level;
    }

    /**
     * The profile of this name, which must hold checks.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Profile parse(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile != NONE && profile.id().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no such profile: use baseline, restricted or hardened"));
    }

    /** How its checks are read. */
    public Level level() {
        return level;
    }

    /** The name in policies and reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it holds a check at a version of the Pod Security Standards. */
    public boolean holds(CheckInfo check, KubernetesVersion version) {
        return switch (this) {
            case NONE -> false;
            case HARDENED -> true;
            case BASELINE, RESTRICTED ->
                check.standard() != null && check.standard().asks(level, version);
        };
    }
}
