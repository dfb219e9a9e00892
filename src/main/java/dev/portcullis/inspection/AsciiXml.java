package dev.portcullis.inspection;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Writes XML in ASCII, other characters as references, so that it is whole whatever a terminal's encoding is. */
public final class AsciiXml extends FilterWriter {
    private char high;

    /** Writes to another writer. */
    public AsciiXml(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        char c = (char) character;
        if (c < 0x80) {
            out.write(c);
        } else if (Character.isHighSurrogate(c)) {
            high = c;
        } else {
            int whole = Character.isLowSurrogate(c) ? Character.toCodePoint(high, c) : c;
            out.write("&#" + whole + ";");
        }
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(characters[i]);
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(text.charAt(i));
        }
    }
}
