package dev.portcullis.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An owner that was denied, however often.
 *
 * @param namespace empty where there is none
 * @param times how often
 * @param lastSeq the number of the last decision that denied it
 * @param checks that denied it, any time since the first
 * @param resolvedAt when it was let in; null where it was not yet
 */
public record Denial(
        String cluster,
        String namespace,
        String ownerKind,
        String ownerName,
        Instant firstSeen,
        Instant lastSeen,
        long times,
        long lastSeq,
        List<String> checks,
        @Nullable Instant resolvedAt) {}
