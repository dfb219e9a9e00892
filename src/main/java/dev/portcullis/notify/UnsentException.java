package dev.portcullis.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something was not sent; its message is a sentence without its full stop, and without anything secret. */
public final class UnsentException extends Exception {
    private final boolean isFinal;
    private final @Nullable Duration pause;

    private UnsentException(String sentence, boolean isFinal, @Nullable Duration pause) {
        super(sentence, null, false, false);
        this.isFinal = isFinal;
        this.pause = pause;
    }

    /** Sending it again would end alike. */
    static UnsentException refused(String sentence) {
        return new UnsentException(sentence, true, null);
    }

    /** @param pause for which the receiver asks to wait; null where it asks for none */
    static UnsentException failed(String sentence, @Nullable Duration pause) {
        return new UnsentException(sentence, false, pause);
    }

    /** Why. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    boolean isFinal() {
        return isFinal;
    }

    @Nullable Duration pause() {
        return pause;
    }
}
