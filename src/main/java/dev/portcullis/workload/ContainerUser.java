package dev.portcullis.workload;

import org.jspecify.annotations.Nullable;

/**
 * The user a container is told to run as.
 *
 * @param uid the numeric id, null where only a name is given that the image resolves
 * @param name the name, null where a number is given
 */
public record ContainerUser(@Nullable Long uid, @Nullable String name) {
    /** Whether this is certainly root. */
    public boolean isRoot() {
        return uid != null && uid == 0;
    }

    /** Whether this is certainly not root. */
    public boolean isNonRoot() {
        return uid != null && uid != 0;
    }
}
