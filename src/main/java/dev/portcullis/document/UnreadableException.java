package dev.portcullis.document;

import dev.portcullis.workload.Printable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text that cannot be read: the message says what is wrong, where, and how to mend it, in printable characters. */
public final class UnreadableException extends Exception {
    private static final int MAX_MESSAGE_LENGTH = 400;
    private static final int MAX_QUOTE_LENGTH = 60;

    private final transient @Nullable Position position;
    private final boolean tooManyDocuments;

    UnreadableException(String problem, @Nullable Position position, String remedy) {
        this(problem, position, remedy, false);
    }

    private UnreadableException(String problem, @Nullable Position position, String remedy, boolean tooManyDocuments) {
        super(
                Printable.text(
                        problem + (position == null ? "" : " at " + position) + ": " + remedy, MAX_MESSAGE_LENGTH),
                null,
                false,
                false);
        this.position = position;
        this.tooManyDocuments = tooManyDocuments;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Where the text went wrong, null where no one place did. */
    public @Nullable Position position() {
        return position;
    }

    static UnreadableException tooManyDocuments(int limit) {
        return new UnreadableException(
                "more documents than " + limit, null, "send at most " + limit + " at a time", true);
    }

    /** Whether the text has more documents than the caller takes, rather than being wrong. */
    public boolean isTooManyDocuments() {
        return tooManyDocuments;
    }

    /** A piece of the text for a message: quoted and short. */
    static String quoted(String text) {
        return '"' + Printable.text(text, MAX_QUOTE_LENGTH) + '"';
    }
}
