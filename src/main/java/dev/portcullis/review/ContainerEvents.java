package dev.portcullis.review;

import dev.portcullis.policy.Report;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who wants to know what ContainerReviews get. Called on the way of a request: it must not block. */
public interface ContainerEvents {
    /** Nobody. */
    ContainerEvents NONE = new ContainerEvents() {
        @Override
        public void decided(Decided decided) {}

        @Override
        public void refused(String uid, String message) {}
    };

    /** A request was judged. */
    void decided(Decided decided);

    /** A request could not be judged. */
    void refused(String uid, String message);

    /**
     * A request that was judged.
     *
     * @param operation CREATE, UPDATE or EXEC
     * @param user null where it does not say who asks
     * @param body the review as it came
     * @param report what was found, after the fixes
     * @param took from its last byte to the decision
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
    record Decided(String uid, String operation, @Nullable String user, byte[] body, Report report, Duration took) {}
}
