package dev.portcullis.workload;

import org.jspecify.annotations.Nullable;

/**
 * A seccomp or AppArmor profile.
 *
 * @param name the profile's name where it is {@link Type#LOCALHOST}; null where none is given
 */
public record SecurityProfile(Type type, @Nullable String name) {
    /** The runtime's own default. */
    public static final SecurityProfile RUNTIME_DEFAULT = new SecurityProfile(Type.RUNTIME_DEFAULT, null);
    /** No profile at all. */
    public static final SecurityProfile UNCONFINED = new SecurityProfile(Type.UNCONFINED, null);

    /** Where a profile comes from. */
    public enum Type {
        /** The runtime's default. */
        RUNTIME_DEFAULT,
        /** One that was loaded on the node, by name. */
        LOCALHOST,
        /** Written out in the request itself (Docker's inline seccomp JSON). */
        INLINE,
        /** None. */
        UNCONFINED,
        /** A type that the platform does not define. */
        UNKNOWN
    }
}
