package dev.portcullis.docker.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** White space and letter case as Go, in which builders are written, sees them. */
final class GoSpace {
    private GoSpace() {}

    /** Go's {@code unicode.IsSpace}. */
    static boolean isSpace(int c) {
        return switch (c) {
            case '\t', '\n', 0x0B, '\f', '\r', ' ', 0x85, 0xA0 -> true;
            default -> c > 0xFF && Character.isSpaceChar(c);
        };
    }

    static String trim(String text) {
        String left = trimLeft(text);
        int end = left.length();
        while (end > 0 && isSpace(left.charAt(end - 1))) {
            end--;
        }
        return left.substring(0, end);
    }

    static String trimLeft(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    /** The white space that separates arguments. */
    static boolean isSeparator(char c) {
        return c == '\t' || c == 0x0B || c == '\f' || c == '\r' || c == ' ';
    }

    /** Splits at runs of separators into at most so many parts, keeping empty ones at the ends. */
    static List<String> split(String text, int most) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < text.length() && parts.size() < most - 1) {
            if (isSeparator(text.charAt(at))) {
                parts.add(text.substring(start, at));
                while (at < text.length() && isSeparator(text.charAt(at))) {
                    at++;
                }
                start = at;
            } else {
                at++;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** Lower case letter by letter, so that no character becomes two. */
    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }
}
