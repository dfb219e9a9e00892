package dev.portcullis.docker;

/** How {@code encoding/json} compares the keys of a document with the names of fields. */
final class GoNames {
    private static final char LONG_S = '\u017f';
    private static final char KELVIN = '\u212a';

    private GoNames() {}

    /**
     * A name folded as Go folds it, as far as names of ASCII letters can tell: of all other characters only the long s and
     * the Kelvin sign fold to an ASCII letter. {@link String#equalsIgnoreCase} would fold the dotless and the dotted i too.
     */
    static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'a' && c <= 'z') {
                folded.append((char) (c - 'a' + 'A'));
            } else if (c == LONG_S) {
                folded.append('S');
            } else {
                folded.append(c == KELVIN ? 'K' : c);
            }
        }
        return folded.toString();
    }
}
