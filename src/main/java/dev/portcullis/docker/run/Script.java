package dev.portcullis.docker.run;

import dev.portcullis.document.Position;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a command, and what must hold of its characters before they are read. */
record Script(String text) {
    /** Bytes; people write less. */
    static final int LONGEST = 32 << 10;

    static Script of(byte[] utf8) throws RunLineException {
        if (utf8.length > LONGEST) {
            throw new RunLineException(
                    "the command has more than " + LONGEST + " bytes", new Position(1, 1), "give a shorter one");
        }
        try {
            Script script = new Script(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
            script.requireVisible();
            return script;
        } catch (CharacterCodingException broken) {
            throw new RunLineException("the command is no UTF-8", new Position(1, 1), "save it as UTF-8");
        }
    }

    /** Nothing in it may look like something else: what a person reads is what is judged. */
    private void requireVisible() throws RunLineException {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            boolean layout =
                    c == '\n' || c == '\t' || (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n');
            boolean hidden = switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    !layout;
                default -> false;
            };
            if (hidden) {
                throw refuse(at, "there is an invisible character (U+%04X)".formatted(c), "take it away");
            }
        }
    }

    /** Where a character stands. */
    Position position(int offset) {
        int line = 1;
        int start = 0;
        for (int at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
            line++;
            start = at + 1;
        }
        return new Position(line, text.codePointCount(start, offset) + 1);
    }

    RunLineException refuse(int offset, String problem, String remedy) {
        return new RunLineException(problem, position(offset), remedy);
    }
}
