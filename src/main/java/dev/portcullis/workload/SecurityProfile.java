package dev.portcullis.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A seccomp or AppArmor profile.
 *
 * @param name the profile's name where it is {@link Type#LOCALHOST}, its digest where it is {@link Type#INLINE}; null where none
 *     is given
 * @param looseness how one that is {@link Type#INLINE} compares with the runtime's default; null where nobody compared them
 */
public record SecurityProfile(
        Type type, @Nullable String name, @Nullable Looseness looseness) {
    /** One that nobody compared with the default. */
    public SecurityProfile(Type type, @Nullable String name) {
        this(type, name, null);
    }

    /**
     * What a profile lets through and the runtime's default does not.
     *
     * @param calls the system calls; empty where the profile is at least as strict
     * @param unclear why that cannot be told; empty where it can
     */
    public record Looseness(List<String> calls, String unclear) {
        /** Whether nothing is let through that is not let through by default. */
        public boolean isNone() {
            return calls.isEmpty() && unclear.isEmpty();
        }
    }

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
