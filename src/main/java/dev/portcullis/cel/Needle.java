package dev.portcullis.cel;

import org.jspecify.annotations.Nullable;

/** Text that is sought in other text, in time linear in both (by Knuth, Morris and Pratt where it is long). */
final class Needle {
    private static final int SHORT = 16;

    private final String text;
    private final int @Nullable [] fallback;

    Needle(String text) {
        this.text = text;
        fallback = text.length() <= SHORT ? null : fallback(text);
    }

    private static int[] fallback(String text) {
        int[] table = new int[text.length()];
        int matched = 0;
        for (int i = 1; i < table.length; i++) {
            while (matched > 0 && text.charAt(i) != text.charAt(matched)) {
                matched = table[matched - 1];
            }
            if (text.charAt(i) == text.charAt(matched)) {
                matched++;
            }
            table[i] = matched;
        }
        return table;
    }

    /** Where it begins first at or behind a place, or -1. */
    int in(String haystack, int from) {
        if (fallback == null) {
            return haystack.indexOf(text, from);
        }
        int matched = 0;
        for (int i = from; i < haystack.length(); i++) {
            while (matched > 0 && haystack.charAt(i) != text.charAt(matched)) {
                matched = fallback[matched - 1];
            }
            if (haystack.charAt(i) == text.charAt(matched)) {
                matched++;
            }
            if (matched == text.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    /** Where it begins last at or before a place, or -1. */
    static int lastIn(String haystack, String text, int from) {
        if (text.length() <= SHORT) {
            return haystack.lastIndexOf(text, from);
        }
        String head = haystack.substring(0, Math.min(haystack.length(), from + text.length()));
        int found = new Needle(mirrored(text)).in(mirrored(head), 0);
        return found < 0 ? -1 : head.length() - found - text.length();
    }

    /** Not {@link StringBuilder#reverse}, which leaves pairs of surrogates as they are. */
    private static String mirrored(String text) {
        char[] characters = new char[text.length()];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = text.charAt(characters.length - 1 - i);
        }
        return new String(characters);
    }
}
