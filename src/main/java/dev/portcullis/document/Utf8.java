package dev.portcullis.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/** What must hold of the bytes of a text before a parser sees them. */
final class Utf8 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

    private Utf8() {}

    /** Refuses byte-order marks and UTF-16 or UTF-32, which parsers would otherwise guess from the first bytes. */
    static void requireNoOtherEncoding(byte[] text) throws UnreadableException {
        boolean mark = starts(text, 0xEF, 0xBB, 0xBF) || startsAsUtf16(text);
        boolean nul = false;
        for (int i = 0; i < Math.min(4, text.length); i++) {
            nul |= text[i] == 0;
        }
        if (mark || nul) {
            throw new UnreadableException(
                    mark
                            ? "the text starts with a byte-order mark"
                            : "the text is not UTF-8, or starts with a zero byte",
                    new Position(1, 1),
                    "save it as UTF-8 without a byte-order mark");
        }
    }

    static boolean startsAsUtf16(byte[] text) {
        return starts(text, 0xFE, 0xFF) || starts(text, 0xFF, 0xFE);
    }

    static boolean starts(byte[] text, int... bytes) {
        if (text.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((text[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Refuses what is not well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing over U+10FFFF). */
    static void requireWellFormed(byte[] text) throws UnreadableException {
        int i = 0;
        while (i < text.length) {
            if (i + 8 <= text.length && ((long) LONG.get(text, i) & HIGH_BITS) == 0) {
                i += 8;
            } else {
                i = next(text, i);
            }
        }
    }

    /** As {@link #requireWellFormed}, and refuses a lone surrogate written as a JSON escape, in one pass. */
    static void requireWellFormedJson(byte[] text) throws UnreadableException {
        int i = 0;
        while (i < text.length) {
            if (i + 8 <= text.length && isPlain((long) LONG.get(text, i))) {
                i += 8;
            } else if (text[i] == '\\') {
                i = afterEscape(text, i);
            } else {
                i = next(text, i);
            }
        }
    }

    /** Whether a string has no lone surrogate. */
    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static boolean isPlain(long word) {
        long slashes = word ^ BACKSLASHES;
        return ((word | ((slashes - LOW_BITS) & ~slashes)) & HIGH_BITS) == 0;
    }

    private static int afterEscape(byte[] text, int i) throws UnreadableException {
        int unit = escapedUnit(text, i);
        if (unit < 0) {
            // Not a \\u escape: what follows is the parser's to judge, but an escaped backslash starts none.
            return i + 1 < text.length && text[i + 1] >= 0 ? i + 2 : i + 1;
        }
        if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
            return i + 6;
        }
        int low = escapedUnit(text, i + 6);
        if (unit > Character.MAX_HIGH_SURROGATE || low < Character.MIN_LOW_SURROGATE || low > Character.MAX_SURROGATE) {
            throw new UnreadableException(
                    "lone surrogate escape \\u" + Integer.toHexString(unit).toLowerCase(Locale.ROOT),
                    Cursor.at(text, i),
                    "write a whole surrogate pair or the character itself");
        }
        return i + 12;
    }

    /** The UTF-16 unit of an escape of the form \\uXXXX at this place, or -1. */
    private static int escapedUnit(byte[] text, int i) {
        if (i + 6 > text.length || text[i] != '\\' || text[i + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int k = i + 2; k < i + 6; k++) {
            int digit = text[k] < 0 ? -1 : Character.digit(text[k], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** The index after the character that starts here. */
    private static int next(byte[] text, int i) throws UnreadableException {
        int first = text[i];
        if (first >= 0) {
            return i + 1;
        }
        int length = length(first & 0xFF);
        if (length == 0 || i + length > text.length || !isSecond(first & 0xFF, text[i + 1] & 0xFF)) {
            throw malformed(text, i);
        }
        for (int k = 2; k < length; k++) {
            if ((text[i + k] & 0xC0) != 0x80) {
                throw malformed(text, i);
            }
        }
        return i + length;
    }

    private static int length(int first) {
        if (first >= 0xC2 && first <= 0xDF) {
            return 2;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return 3;
        }
        return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    }

    private static boolean isSecond(int first, int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }

    private static UnreadableException malformed(byte[] text, int i) {
        return new UnreadableException(
                "broken UTF-8 (byte 0x%02x)".formatted(text[i] & 0xFF), Cursor.at(text, i), "save the text as UTF-8");
    }
}
