package dev.portcullis.rewrite;

/** A change that cannot be written without a guess; the message says why and how to go on. */
final class UnwritableException extends Exception {
    UnwritableException(String message) {
        super(message, null, false, false);
    }
}
