package dev.portcullis.rewrite;

import dev.portcullis.document.Position;
import java.util.Arrays;

/** The lines of a text, which end as YAML's do. */
final class Lines {
    private static final String BREAKS = "\r\n\u0085\u2028\u2029";

    private final String text;
    private final int[] starts;
    private final int count;

    Lines(String text) {
        this.text = text;
        int[] found = new int[16];
        int lines = 1;
        for (int end = end(0); end < text.length(); end = end(found[lines - 1])) {
            if (lines == found.length) {
                found = Arrays.copyOf(found, 2 * lines);
            }
            found[lines++] = next(end);
        }
        this.starts = found;
        this.count = lines;
    }

    String text() {
        return text;
    }

    /** Where the line begins that has a place in it. */
    int start(int offset) {
        return starts[number(offset)];
    }

    private int number(int offset) {
        int found = Arrays.binarySearch(starts, 0, count, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Where it ends, its break left out. */
    int end(int offset) {
        int end = offset;
        while (end < text.length() && BREAKS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Where the line begins that follows the one that ends here; the text's end where none does. */
    int next(int end) {
        return text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
    }

    /** Where the line ends that stands in front of the one that begins here. */
    int endBefore(int start) {
        return start > 1 && text.startsWith("\r\n", start - 2) ? start - 2 : start - 1;
    }

    /** Whether the last line has no break. */
    boolean endsOpen() {
        return !text.isEmpty() && BREAKS.indexOf(text.charAt(text.length() - 1)) < 0;
    }

    /** The break of the line with a place in it; of the text's first line where it is the last one. */
    String breakAt(int offset) {
        int end = end(offset);
        if (end == text.length()) {
            end = end(0);
        }
        return end == text.length() ? "\n" : text.substring(end, next(end));
    }

    /** The characters in front of a place on its line, counted in code points. */
    int column(int offset) {
        return text.codePointCount(start(offset), offset);
    }

    /** The blanks with which the line begins that has a place in it. */
    String indent(int offset) {
        int start = start(offset);
        int end = start;
        while (end < text.length() && isBlank(end)) {
            end++;
        }
        return text.substring(start, end);
    }

    /** The place behind what stands in front of another and the blanks before it. */
    int behindBlanks(int offset) {
        int before = offset;
        while (before > 0 && isBlank(before - 1)) {
            before--;
        }
        return before;
    }

    private boolean isBlank(int offset) {
        return text.charAt(offset) == ' ' || text.charAt(offset) == '\t';
    }

    /** Whether two places, the first one first, stand on lines of their own. */
    boolean areApart(int one, int other) {
        return end(one) < other;
    }

    /**
     * The end of the last of the comment lines that follow a line without a gap and are indented enough.
     *
     * @param end where the line ends
     * @param column the least indentation
     */
    int endOfComments(int end, int column) {
        return endOfComments(end, column, false);
    }

    /** The same, with those that follow behind blank lines. */
    int endOfAllComments(int end, int column) {
        return endOfComments(end, column, true);
    }

    private int endOfComments(int end, int column, boolean gaps) {
        int last = end;
        int at = end;
        while (at < text.length()) {
            int start = next(at);
            int first = start + indent(start).length();
            boolean blank = first < text.length() && BREAKS.indexOf(text.charAt(first)) >= 0;
            boolean comment = first < text.length() && text.charAt(first) == '#' && first - start >= column;
            if (!comment && !(blank && gaps)) {
                return last;
            }
            at = end(first);
            last = comment ? at : last;
        }
        return last;
    }

    Position position(int offset) {
        int line = number(offset);
        return new Position(line + 1, text.codePointCount(starts[line], offset) + 1);
    }
}
