package dev.portcullis.registry;

/** A file that was named and cannot be used; its message is one sentence with the remedy, and nothing of what it holds. */
public final class UnusableFileException extends Exception {
    UnusableFileException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong and what to do about it. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
