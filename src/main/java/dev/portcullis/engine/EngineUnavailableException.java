package dev.portcullis.engine;

/** An engine that does not answer what it is asked; the message says what and why. */
public final class EngineUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** One with a sentence that begins in the middle: {@code did not answer within 2 s}. */
    public EngineUnavailableException(String sentence) {
        super(sentence, null, false, false);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
