package dev.portcullis.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision that the history tells of.
 *
 * @param seq its number in the log
 * @param source {@code admission}, {@code container} or {@code docker}
 * @param outcome {@code allow}, {@code warn} or {@code deny}
 * @param micros what it took
 * @param message why it could not be judged; empty where it was
 */
public record Decision(
        long seq,
        Instant at,
        String source,
        String uid,
        String outcome,
        String cluster,
        String operation,
        @Nullable String username,
        @Nullable String kind,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String ownerKind,
        @Nullable String ownerName,
        @Nullable String policies,
        long micros,
        String message,
        List<RecordedFinding> findings) {}
