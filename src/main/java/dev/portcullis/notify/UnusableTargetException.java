package dev.portcullis.notify;

/** A target cannot be as it is configured; the message names the property and says what to do, and nothing secret. */
public final class UnusableTargetException extends Exception {
    UnusableTargetException(String sentence) {
        super(sentence, null, false, false);
    }

    /** What is wrong and what to do about it. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
