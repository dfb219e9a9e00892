package dev.portcullis.cluster;

/** What an API server did not do, or did not answer. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int CONFLICT = 409;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int INVALID = 422;
    private static final int TOO_MANY = 429;
    private static final int BROKEN = 500;

    private final int code;

    RefusedException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Somebody else has written meanwhile. */
    public boolean isConflict() {
        return code == CONFLICT;
    }

    /** There is no right to do it, or the namespace is being deleted. */
    public boolean isForbidden() {
        return code == FORBIDDEN;
    }

    /** There is no such object, or no such namespace or kind. */
    public boolean isNotFound() {
        return code == NOT_FOUND;
    }

    /** The object is not as its kind's definition asks. */
    public boolean isInvalid() {
        return code == INVALID;
    }

    /** Trying again may help: there was no answer, or one that says so. */
    public boolean isPassing() {
        return code <= 0 || code == TOO_MANY || code >= BROKEN;
    }

    /** The API server's reason, in one line. */
    public String reason() {
        return String.valueOf(getMessage()).lines().findFirst().orElse("the API server does not answer");
    }
}
