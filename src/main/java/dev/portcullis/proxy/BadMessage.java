package dev.portcullis.proxy;

/** A message that is not HTTP/1.1 as RFC 9112 has it, or is over a limit. */
final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A message that is refused.
     *
     * @param status what a client is answered
     */
    BadMessage(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
