package dev.portcullis.document;

/**
 * A place in a text.
 *
 * @param line 1 for the first line
 * @param column 1 for the first character of the line, counted in code points
 */
public record Position(int line, int column) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
