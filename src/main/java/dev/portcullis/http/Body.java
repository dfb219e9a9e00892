package dev.portcullis.http;

/** A request's body as received; to be closed once answered, which frees its part of the byte budget. */
public sealed interface Body extends AutoCloseable {
    @Override
    void close();

    /** A body that arrived whole. */
    @SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
    record Whole(byte[] bytes, ByteBudget.Claim claim) implements Body {
        @Override
        public void close() {
            claim.close();
        }
    }

    /**
     * A body that was not taken.
     *
     * @param head its first bytes, at most {@link BodyReader#HEAD}
     * @param code 413 too large, 429 no room now, 408 too slow, 400 cut off, or why it was not to be taken at all
     * @param message what was wrong and what to do
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Refused(byte[] head, int code, String message) implements Body {
        @Override
        public void close() {}
    }
}
