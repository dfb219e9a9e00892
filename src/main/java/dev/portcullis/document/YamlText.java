package dev.portcullis.document;

import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.tokens.ScalarToken;

/** The text of a YAML stream, and the place in it from which a parser reads: its start, or a later document marker. */
final class YamlText {
    private static final Pattern ESCAPED_SURROGATE =
            Pattern.compile("\\\\(?:(u|U0000)[dD][89a-fA-F]|.)", Pattern.DOTALL);

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final String BREAKS = "\r\n\u0085\u2028\u2029";
    private static final String BLANKS = " \t" + BREAKS;
    private static final Pattern TAB_INDENT = Pattern.compile("[" + BREAKS + "] *\t");

    private final String text;
    private final boolean mayEscapeSurrogates;
    private final boolean mayIndentByTab;
    private int start;
    private int startLine;
    private int seen;
    private int seenIndex;

    /** Refuses what no YAML reader of Kubernetes takes as text: broken UTF-8, control characters, byte-order marks inside. */
    YamlText(byte[] utf8) throws UnreadableException {
        if (Utf8.startsAsUtf16(utf8)) {
            Utf8.requireNoOtherEncoding(utf8);
        }
        Utf8.requireWellFormed(utf8);
        int mark = Utf8.starts(utf8, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        text = new String(utf8, mark, utf8.length - mark, StandardCharsets.UTF_8);
        requirePrintable(utf8);
        mayIndentByTab = TAB_INDENT.matcher(text).find();
        mayEscapeSurrogates = text.contains("\\u") || text.contains("\\U");
    }

    private void requirePrintable(byte[] utf8) throws UnreadableException {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            // Go's reader drops characters of later lines when a byte-order mark comes to stand at the start of its
            // buffer.
            if (c == BYTE_ORDER_MARK || !StreamReader.isPrintable(c)) {
                int before = text.substring(0, i).getBytes(StandardCharsets.UTF_8).length;
                throw new UnreadableException(
                        "the character U+%04X".formatted(c), Cursor.at(utf8, before), "remove or escape it");
            }
        }
    }

    /** The text from the place where the parser is to begin. */
    Reader reader() {
        return Reader.of(CharBuffer.wrap(text, start, text.length()));
    }

    Position position(Mark mark) {
        return new Position(startLine + mark.getLine() + 1, mark.getColumn() + 1);
    }

    /**
     * Moves the start to the first document marker on the line of an error or below it, but after the present start.
     *
     * @return whether there is one
     */
    boolean skipToMarker(UnreadableException error) {
        Position from = error.position();
        int line = startLine;
        for (int i = start; i < text.length(); ) {
            if (line > startLine && from != null && line + 1 >= from.line() && isMarker(i)) {
                start = i;
                startLine = line;
                seen = start;
                seenIndex = 0;
                return true;
            }
            i = nextLine(i);
            line++;
        }
        return false;
    }

    private boolean isMarker(int i) {
        return text.startsWith("---", i) && (i + 3 == text.length() || BLANKS.indexOf(text.charAt(i + 3)) >= 0);
    }

    private int nextLine(int i) {
        int end = i;
        while (end < text.length() && BREAKS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }

    /** Whether a double-quoted scalar writes a surrogate as an escape; the character itself may stand there. */
    boolean hasSurrogateEscape(ScalarToken scalar) {
        if (!mayEscapeSurrogates || scalar.getValue().chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return false;
        }
        Matcher escape =
                ESCAPED_SURROGATE.matcher(text).region(offset(scalar.getStartMark()), offset(scalar.getEndMark()));
        while (escape.find()) {
            if (escape.group(1) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line between two places is indented by a tab. */
    boolean hasTabIndent(Mark from, Mark to) {
        return mayIndentByTab
                && TAB_INDENT.matcher(text).region(offset(from), offset(to)).find();
    }

    /** Whether the character after the one at a place is blank, a line break or missing. */
    boolean isBlankAfter(Mark mark) {
        int next = offset(mark) + 1;
        return next >= text.length() || BLANKS.indexOf(text.charAt(next)) >= 0;
    }

    /** The place of a mark, which counts code points from the start; cheap when marks come in the text's order. */
    private int offset(Mark mark) {
        seen = text.offsetByCodePoints(seen, mark.getIndex() - seenIndex);
        seenIndex = mark.getIndex();
        return seen;
    }
}
