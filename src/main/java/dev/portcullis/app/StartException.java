package dev.portcullis.app;

/** A server that was not started; its message is one sentence with the cause and the remedy, for exit code 2. */
final class StartException extends Exception {
    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
