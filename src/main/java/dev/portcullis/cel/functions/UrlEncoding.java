package dev.portcullis.cel.functions;

/** How a part of a URL escapes bytes: the ones that may stand for themselves, beside letters, digits and {@code -._~}. */
enum UrlEncoding {
    PATH("$&+,/:;=@"),
    HOST("!\"$&'()*+,:;<=>[]"),
    ZONE("!\"$&'()*+,:;<=>[]"),
    USER("$&+,;="),
    QUERY(""),
    FRAGMENT("!$&()*+,/:;=?@");

    /** What a path or a fragment may leave as it is although Go itself would escape some of it. */
    private static final String TOLERATED = "!$&'()*+,;=:@[]%";

    private static final String HEX = "0123456789ABCDEF";

    private static final String PLAIN = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~";

    /** A bit for each character of ASCII. */
    private final long lower;

    private final long upper;

    UrlEncoding(String more) {
        lower = bits(more, 0) | bits(PLAIN, 0);
        upper = bits(more, 64) | bits(PLAIN, 64);
    }

    String escape(String bytes) {
        StringBuilder escaped = new StringBuilder(bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (isPlain(c)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return escaped.toString();
    }

    String unescape(String text) throws UrlSyntaxException {
        StringBuilder bytes = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.append(escaped(text, i));
                i += 2;
            } else if (isHostPart() && c < 0x80 && !isPlain(c)) {
                throw new UrlSyntaxException("invalid character '" + c + "' in the host");
            } else {
                bytes.append(this == QUERY && c == '+' ? ' ' : c);
            }
        }
        return bytes.toString();
    }

    /** As written where that needs no escape, else escaped anew. */
    String canonical(String text) throws UrlSyntaxException {
        String bytes = unescape(text);
        boolean valid = text.chars().allMatch(c -> isPlain(c) || TOLERATED.indexOf(c) >= 0);
        return valid ? text : escape(bytes);
    }

    private char escaped(String text, int percent) throws UrlSyntaxException {
        int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(percent + 2), 16);
        if (low < 0) {
            throw new UrlSyntaxException("'%' without two hexadecimal digits");
        }
        int value = high << 4 | low;
        boolean allowed = switch (this) {
            case HOST -> value >= 0x80 || value == '%';
            case ZONE -> value == '%' || value == ' ' || HOST.isPlain(value);
            default -> true;
        };
        if (!allowed) {
            throw new UrlSyntaxException("a character escaped in the host that must not be");
        }
        return (char) value;
    }

    private boolean isPlain(int c) {
        return c < 128 && ((c < 64 ? lower : upper) >>> c & 1) != 0;
    }

    private static long bits(String characters, int first) {
        return characters
                .chars()
                .filter(c -> c >= first && c < first + 64)
                .mapToLong(c -> 1L << c)
                .reduce(0, (one, two) -> one | two);
    }

    private boolean isHostPart() {
        return this == HOST || this == ZONE;
    }
}
