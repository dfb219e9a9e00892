package dev.portcullis.docker.run;

import dev.portcullis.document.Position;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The text of a command, and what must hold of its characters before they are read. */
final class Script {
    /** Bytes; people write less. */
    static final int LONGEST = 32 << 10;

    private final String text;
    /** Where each line begins. */
    private final int[] lines;

    private Script(String text) {
        this.text = text;
        this.lines = IntStream.range(0, text.length() + 1)
                .filter(at -> at == 0 || text.charAt(at - 1) == '\n')
                .toArray();
    }

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

    String text() {
        return text;
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
        int found = Arrays.binarySearch(lines, offset);
        int line = found < 0 ? -found - 2 : found;
        return new Position(line + 1, text.codePointCount(lines[line], offset) + 1);
    }

    RunLineException refuse(int offset, String problem, String remedy) {
        return new RunLineException(problem, position(offset), remedy);
    }
}
