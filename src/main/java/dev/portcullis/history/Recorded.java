package dev.portcullis.history;

import org.jspecify.annotations.Nullable;

/**
 * What was asked once, to be judged again.
 *
 * @param username null where nobody said who asked
 * @param namespace null where there is none
 * @param ownerName null where there was none yet
 * @param body JSON, without secrets: an AdmissionReview, a ContainerReview, or an engine's method, uri, contentType and body;
 *     null where it is not kept any more
 */
@SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
public record Recorded(
        Source source,
        @Nullable String username,
        @Nullable String namespace,
        String ownerKind,
        @Nullable String ownerName,
        byte @Nullable [] body) {}
