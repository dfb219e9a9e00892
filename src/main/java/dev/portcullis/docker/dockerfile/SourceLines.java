package dev.portcullis.docker.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.document.Position;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The lines of a text, one after the other, with their ends. */
final class SourceLines {
    /** As many bytes as BuildKit reads of a line. */
    static final int LONGEST_LINE = (64 << 10) - 1;

    /** Dockerfiles are far smaller. */
    static final int LARGEST_FILE = 1 << 20;

    private final String text;
    private int start;
    private int number;

    private SourceLines(String text) {
        this.text = text;
    }

    static SourceLines of(byte[] utf8) throws DockerfileException {
        Position top = new Position(1, 1);
        if (utf8.length > LARGEST_FILE) {
            throw new DockerfileException(
                    "the Dockerfile is larger than " + (LARGEST_FILE >> 20) + " MiB",
                    top,
                    "copy large texts from files of their own");
        }
        requireShortLines(utf8);
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return new SourceLines(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException broken) {
            throw new DockerfileException("the Dockerfile is not UTF-8", top, "save it as UTF-8");
        }
    }

    private static void requireShortLines(byte[] utf8) throws DockerfileException {
        int line = 1;
        int from = 0;
        for (int at = 0; at <= utf8.length; at++) {
            if (at < utf8.length && utf8[at] != '\n') {
                continue;
            }
            if (at - from > LONGEST_LINE) {
                throw new DockerfileException(
                        "dockerfile line greater than max allowed size of " + LONGEST_LINE,
                        new Position(line, 1),
                        "break it with a continuation");
            }
            from = at + 1;
            line++;
        }
    }

    boolean hasNext() {
        return start < text.length();
    }

    /** The next line with its end. */
    String next() {
        int end = text.indexOf('\n', start);
        String line = text.substring(start, end < 0 ? text.length() : end + 1);
        start += line.length();
        number++;
        return line;
    }

    /** Of the line last read, 1 for the first; 0 before any. */
    int number() {
        return number;
    }

    /** A line without its end. */
    static String withoutEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }
}
