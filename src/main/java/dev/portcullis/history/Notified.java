package dev.portcullis.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a target of notifications was told, and how that went.
 *
 * @param seq the number of the last decision that was looked at
 * @param waiting how many decisions were made since
 * @param due the moment for which a digest was sent last; the beginning of time where none was
 * @param upTo up to when digests have told
 * @param posture what ran then; null where that was not known
 * @param succeededAt when something was sent last; null for never
 * @param failedAt when an attempt failed last; null for never
 * @param failure why, as a sentence; empty where none did
 * @param lost decisions and digests that it was not told of
 */
public record Notified(
        String target,
        long seq,
        long waiting,
        Instant due,
        Instant upTo,
        @Nullable Standing posture,
        @Nullable Instant succeededAt,
        @Nullable Instant failedAt,
        String failure,
        long lost) {}
