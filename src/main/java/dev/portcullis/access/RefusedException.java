package dev.portcullis.access;

import org.springframework.security.core.AuthenticationException;

/** Somebody is not let in, for a reason that they may know. */
final class RefusedException extends AuthenticationException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final long retryAfter;

    private RefusedException(int status, String sentence, long retryAfter) {
        super(sentence);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    RefusedException(int status, String sentence) {
        this(status, sentence, 0);
    }

    /** After too many who were not let in. */
    static RefusedException throttled(long seconds) {
        return new RefusedException(
                Refusals.TOO_MANY, "too many logins have failed: try again in " + seconds + " s", seconds);
    }

    int status() {
        return status;
    }

    /** In seconds; 0 where trying again is of no use. */
    long retryAfter() {
        return retryAfter;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
