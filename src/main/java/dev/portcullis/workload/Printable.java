package dev.portcullis.workload;

/** Text from outside made fit for a terminal, a log and a page. */
public final class Printable {
    private Printable() {}

    /**
     * Text on one line without anything that could be taken for a command: control, format and direction characters and
     * the like are escaped.
     *
     * @param longest how many characters are shown, escapes counted as they are written; then an ellipsis
     */
    public static String text(String text, int longest) {
        if (text.length() <= longest && isPlainAscii(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(Math.min(text.length(), longest) + 1);
        int character;
        for (int at = 0; at < text.length(); at += Character.charCount(character)) {
            character = text.codePointAt(at);
            boolean plain = isPlain(character);
            String escape = plain ? "" : "\\u{" + Integer.toHexString(character) + "}";
            int length = plain ? Character.charCount(character) : escape.length();
            if (shown.length() + length > longest) {
                return shown.append('…').toString();
            }
            if (plain) {
                shown.appendCodePoint(character);
            } else {
                shown.append(escape);
            }
        }
        return shown.toString();
    }

    private static boolean isPlainAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int character) {
        if (character >= ' ' && character <= '~') {
            return true;
        }
        return switch (Character.getType(character)) {
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
