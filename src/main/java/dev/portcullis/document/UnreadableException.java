package dev.portcullis.document;

import org.jspecify.annotations.Nullable;

/** A text that cannot be read: the message says what is wrong, where, and how to mend it, in printable characters. */
public final class UnreadableException extends Exception {
    private static final int MAX_MESSAGE_LENGTH = 400;
    private static final int MAX_QUOTE_LENGTH = 60;

    private final transient @Nullable Position position;

    UnreadableException(String problem, @Nullable Position position, String remedy) {
        super(
                printable(problem + (position == null ? "" : " at " + position) + ": " + remedy, MAX_MESSAGE_LENGTH),
                null,
                false,
                false);
        this.position = position;
    }

    /** Where the text went wrong, null where no one place did. */
    public @Nullable Position position() {
        return position;
    }

    /** A piece of the text for a message: quoted and short. */
    static String quoted(String text) {
        return '"' + printable(text, MAX_QUOTE_LENGTH) + '"';
    }

    private static String printable(String text, int limit) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 16);
        for (int i = 0; i < text.length(); ) {
            if (out.length() >= limit) {
                return out.append("...").toString();
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        }
        return out.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
