package dev.portcullis.proxy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of a request. */
public sealed interface Verdict {
    /**
     * The engine never sees it.
     *
     * @param message what the client shows
     */
    record Deny(String message) implements Verdict {}

    /**
     * It goes to the engine.
     *
     * @param target path and query to send, in the one spelling that was judged
     * @param body what to send in place of the body that was read; null leaves that as it is
     * @param warnings for the client, beside the engine's own where its answer has some
     * @param streams what the connection may become after the engine's answer
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; read once.
    record Forward(String target, byte @Nullable [] body, List<String> warnings, Set<Stream> streams)
            implements Verdict {}

    /** What a connection may become after the engine's answer. */
    enum Stream {
        /** Raw bytes both ways, as attach and exec have them. */
        RAW,
        /** HTTP/2, which no gate can look into. */
        HTTP2
    }
}
