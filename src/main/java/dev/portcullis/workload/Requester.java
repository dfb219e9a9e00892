package dev.portcullis.workload;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param user null where the platform does not tell users apart
 */
public record Requester(@Nullable String user, Set<String> groups) {
    /** Somebody unknown. */
    public static final Requester UNKNOWN = new Requester(null, Set.of());
}
