package dev.portcullis.registration;

/** A cluster that could not be asked; the message is one sentence for the user. */
public final class SwitchException extends Exception {
    private static final long serialVersionUID = 1L;

    SwitchException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
