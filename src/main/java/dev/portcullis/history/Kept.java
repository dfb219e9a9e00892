package dev.portcullis.history;

import org.jspecify.annotations.Nullable;

/** Text as a database keeps it: whoever makes a request chooses what it says and how long it is. */
final class Kept {
    /** The most characters that a column of names has. */
    static final int LONGEST_NAME = 253;

    private static final char REPLACEMENT = '\uFFFD';

    private Kept() {}

    static String text(String text) {
        return text(text, LONGEST_NAME);
    }

    static @Nullable String textOrNull(@Nullable String text) {
        return text == null ? null : text(text);
    }

    /** The same, cut to a number of characters, without what no database takes: NUL and halves of characters. */
    static String text(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest - 1) + '…';
        StringBuilder mended = null;
        for (int i = 0; i < cut.length(); i++) {
            if (!isKept(cut, i)) {
                mended = mended == null ? new StringBuilder(cut) : mended;
                mended.setCharAt(i, REPLACEMENT);
            }
        }
        return mended == null ? cut : mended.toString();
    }

    private static boolean isKept(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c != 0;
    }
}
