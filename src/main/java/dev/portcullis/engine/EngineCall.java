package dev.portcullis.engine;

import dev.portcullis.workload.Requester;
import org.jspecify.annotations.Nullable;

/**
 * A request to a Docker engine as a gate before it sees it.
 *
 * @param method as in the request line
 * @param uri the target of the request line, raw: path and query, or an absolute URI
 * @param contentType the header's value, null where there is none
 * @param contentLength what the header says, null where it says nothing that is a number
 * @param body the bytes that arrived, empty where none did or where the gate is not shown them
 */
@SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
public record EngineCall(
        String method,
        String uri,
        @Nullable String contentType,
        @Nullable Long contentLength,
        byte[] body,
        Requester requester) {}
