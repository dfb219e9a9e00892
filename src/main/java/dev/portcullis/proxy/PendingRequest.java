package dev.portcullis.proxy;

import org.jspecify.annotations.Nullable;

/**
 * A request that waits for its verdict.
 *
 * @param uri the request line's target, raw
 * @param contentType the header's value, null where there is none
 * @param body all of it, empty where there is none; null where the gate does not read it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; read once.
public record PendingRequest(
        String method, String uri, @Nullable String contentType, byte @Nullable [] body) {}
