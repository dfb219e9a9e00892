package dev.portcullis.document;

/** Turns byte offsets of a UTF-8 text into positions; offsets must not go back. */
final class Cursor {
    private final byte[] text;
    private int offset;
    private int line = 1;
    private int column = 1;

    Cursor(byte[] text) {
        this.text = text;
    }

    static Position at(byte[] text, long offset) {
        return new Cursor(text).advance(offset);
    }

    Position advance(long to) {
        for (int end = (int) Math.min(to, text.length); offset < end; offset++) {
            if (text[offset] == '\n') {
                line++;
                column = 1;
            } else if ((text[offset] & 0xC0) != 0x80) {
                column++;
            }
        }
        return new Position(line, column);
    }
}
