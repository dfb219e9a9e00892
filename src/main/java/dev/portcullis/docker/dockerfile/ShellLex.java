package dev.portcullis.docker.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Quotes, escapes and variables as BuildKit reads them in words: {@code $x}, {@code ${x}} and the modifiers
 * {@code - + ? # % /}, the first three with a colon too. Substitutions may nest {@value #DEEPEST} deep, and put in {@value #LONGEST_RESULT}
 * characters for one text.
 */
final class ShellLex {
    static final int DEEPEST = 100;
    /** No image, user or path is longer; what is, is left open. */
    static final int LONGEST_RESULT = 4096;

    private static final int END = -1;

    private final int[] text;
    private final int escape;
    private final boolean rawQuotes;
    private final @Nullable Variables variables;
    /** One for all depths: a modifier's word empties it, and what the word around it had begun is lost. */
    private final StringBuilder word = new StringBuilder();

    private final Set<String> unset = new TreeSet<>();
    private boolean rawEscapes;
    private int at;
    private int depth;
    private int replaced;

    private ShellLex(String source, char escape, boolean rawQuotes, boolean rawEscapes, @Nullable Variables variables) {
        this.text = source.codePoints().toArray();
        this.escape = escape;
        this.rawQuotes = rawQuotes;
        this.rawEscapes = rawEscapes;
        this.variables = variables;
        // The scanner that BuildKit uses passes over a byte-order mark.
        this.at = text.length > 0 && text[0] == 0xFEFF ? 1 : 0;
    }

    /** Values of variables, and whether the Dockerfile may have them replaced once more. */
    @FunctionalInterface
    interface Variables {
        /** Null where it has none. */
        @Nullable String get(String name);

        default boolean affords(int length) {
            return true;
        }

        default boolean affordsSearch() {
            return true;
        }
    }

    /**
     * A text with its variables replaced.
     *
     * @param unset the variables without a value that were needed, so that the text is not the last word
     */
    record Expanded(String text, Set<String> unset) {}

    static Expanded expand(String source, char escape, Variables variables) throws Misread {
        ShellLex lex = new ShellLex(source, escape, false, false, variables);
        String result = lex.readTo(END, false, false).text();
        return new Expanded(result, lex.unset);
    }

    /** Words between white space, variables left as they are. */
    static List<String> words(String source, boolean rawQuotes, boolean rawEscapes) throws Misread {
        ShellLex lex = new ShellLex(source, '\\', rawQuotes, rawEscapes, null);
        return lex.readTo(END, rawEscapes, false).words();
    }

    private record Part(String text, List<String> words) {}

    private int peek() {
        return at < text.length ? text[at] : END;
    }

    private int next() {
        return at < text.length ? text[at++] : END;
    }

    private Part readTo(int stop, boolean raw, boolean pattern) throws Misread {
        if (++depth > DEEPEST) {
            throw Misread.beyond(
                    "substitutions nest deeper than " + DEEPEST, "name a variable of its own for the inner ones");
        }
        boolean before = rawEscapes;
        rawEscapes = raw;
        Part part = readParts(stop, pattern);
        rawEscapes = before;
        depth--;
        return part;
    }

    private Part readParts(int stop, boolean pattern) throws Misread {
        StringBuilder result = new StringBuilder();
        Words words = new Words();
        while (peek() != END) {
            int c = next();
            if (c == stop) {
                return new Part(result.toString(), words.all());
            }
            switch (c) {
                case '$' -> {
                    String value = dollar();
                    result.append(value);
                    value.codePoints().forEach(words::add);
                }
                case '<' -> words.addRaw(append(result, possibleHeredoc()));
                case '\'' -> words.addRaw(append(result, singleQuoted(pattern)));
                case '"' -> words.addRaw(append(result, doubleQuoted(pattern)));
                default -> {
                    if (c != escape) {
                        words.add(c);
                        result.appendCodePoint(c);
                    } else {
                        escaped(result, words);
                    }
                }
            }
        }
        if (stop != END) {
            throw new Misread("unexpected end of statement", "close it with " + Character.toString(stop));
        }
        return new Part(result.toString(), words.all());
    }

    private static String append(StringBuilder result, String part) {
        result.append(part);
        return part;
    }

    private void escaped(StringBuilder result, Words words) {
        if (rawEscapes) {
            words.addRaw(Character.toString(escape));
            result.appendCodePoint(escape);
        }
        int c = next();
        if (c != END) {
            words.addRaw(Character.toString(c));
            result.appendCodePoint(c);
        }
    }

    private String singleQuoted(boolean pattern) throws Misread {
        StringBuilder result = new StringBuilder(rawQuotes ? "'" : "");
        while (true) {
            int c = next();
            if (c == END) {
                throw new Misread("unexpected end of statement while looking for matching single-quote", "close it");
            }
            if (c == '\'') {
                return result.append(rawQuotes ? "'" : "").toString();
            }
            if (pattern && c == escape) {
                result.appendCodePoint(c);
            }
            result.appendCodePoint(c);
        }
    }

    private String doubleQuoted(boolean pattern) throws Misread {
        StringBuilder result = new StringBuilder(rawQuotes ? "\"" : "");
        while (true) {
            int c = next();
            if (c == END) {
                throw new Misread("unexpected end of statement while looking for matching double-quote", "close it");
            }
            if (c == '"') {
                return result.append(rawQuotes ? "\"" : "").toString();
            }
            if (c == '$') {
                result.append(dollar());
            } else if (c != escape) {
                result.appendCodePoint(c);
            } else if (peek() != END) {
                boolean escapes = peek() == '"' || peek() == '$' || peek() == escape;
                if (rawEscapes && (escapes || !rawQuotes || pattern)) {
                    result.appendCodePoint(c);
                }
                result.appendCodePoint(escapes ? next() : c);
            }
        }
    }

    private String possibleHeredoc() {
        if (peek() != '<') {
            return "<";
        }
        at++;
        StringBuilder result = new StringBuilder("<<");
        while (peek() == '\t' || peek() == '\r' || peek() == ' ') {
            result.appendCodePoint(next());
        }
        return result.toString();
    }

    private @Nullable String value(String name) throws Misread {
        String value = variables == null ? null : variables.get(name);
        replaced += value == null ? 0 : value.length();
        if (replaced > LONGEST_RESULT || (value != null && variables != null && !variables.affords(value.length()))) {
            throw Misread.beyond("the values of variables come to too many characters", "write it out");
        }
        return value;
    }

    private String plain(String name, String written) throws Misread {
        String value = value(name);
        if (value != null) {
            return value;
        }
        if (variables == null) {
            return written;
        }
        unset.add(name);
        return "";
    }

    private String dollar() throws Misread {
        if (peek() != '{') {
            String name = name();
            return name.isEmpty() ? "$" : plain(name, "$" + name);
        }
        at++;
        if (peek() == END || peek() == '{' || peek() == '}' || peek() == ':') {
            throw badSubstitution();
        }
        String name = name();
        int sign = next();
        if (sign == '}') {
            return plain(name, "${" + name + "}");
        }
        boolean colon = sign == ':';
        int modifier = colon ? next() : sign;
        return switch (modifier) {
            case '-', '+', '?' -> withDefault(name, (colon ? ":" : "") + Character.toString(modifier));
            case '#', '%' -> {
                if (colon) {
                    throw badSubstitution();
                }
                yield trimmed(name, modifier);
            }
            case '/' -> {
                if (colon) {
                    throw badSubstitution();
                }
                yield replaced(name);
            }
            default -> throw badSubstitution();
        };
    }

    private static Misread badSubstitution() {
        return new Misread("bad substitution", "write ${name}, ${name:-default} or \\$ for the sign itself");
    }

    private String withDefault(String name, String modifier) throws Misread {
        String word = readTo('}', false, false).text();
        String value = value(name);
        if (variables == null && value == null) {
            return "${" + name + modifier + word + "}";
        }
        boolean missing = value == null || (modifier.startsWith(":") && value.isEmpty());
        if (modifier.endsWith("-")) {
            return missing ? word : String.valueOf(value);
        }
        if (modifier.endsWith("+")) {
            return missing ? "" : word;
        }
        if (missing) {
            unset.add(name);
        }
        return value == null ? "" : value;
    }

    private String trimmed(String name, int sign) throws Misread {
        String word = readTo('}', true, true).text();
        String value = value(name);
        if (value == null) {
            return plain(name, "${" + name + Character.toString(sign) + word + "}");
        }
        requireSearch();
        boolean longest = !word.isEmpty() && word.charAt(0) == sign;
        return ShellPattern.trim(longest ? word.substring(1) : word, value, longest, sign == '%');
    }

    private String replaced(String name) throws Misread {
        boolean all = peek() == '/';
        if (all) {
            at++;
        }
        String pattern = readTo('/', true, true).text();
        String replacement = readTo('}', true, false).text();
        String value = value(name);
        if (value == null) {
            return plain(name, "${" + name + "/" + pattern + "/" + replacement + "}");
        }
        requireSearch();
        return ShellPattern.replace(pattern, value, replacement, all);
    }

    private void requireSearch() throws Misread {
        if (variables != null && !variables.affordsSearch()) {
            throw Misread.beyond("too many patterns are looked for", "write the values out");
        }
    }

    private String name() {
        int from = at;
        if (Character.isDigit(peek())) {
            while (Character.isDigit(peek())) {
                at++;
            }
        } else if (peek() != END && peek() < 0x80 && "@*#?-$!".indexOf(peek()) >= 0) {
            at++;
        } else {
            while (Character.isLetter(peek()) || Character.isDigit(peek()) || peek() == '_') {
                at++;
            }
        }
        return new String(text, from, at - from);
    }

    /** Words as they come to be, in the one buffer. */
    private final class Words {
        private final List<String> done = new ArrayList<>();
        private boolean inWord;

        Words() {
            word.setLength(0);
        }

        void add(int c) {
            if (!GoSpace.isSpace(c)) {
                word.appendCodePoint(c);
                inWord = true;
            } else if (inWord && !word.isEmpty()) {
                done.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }

        void addRaw(String part) {
            word.append(part);
            inWord = true;
        }

        List<String> all() {
            if (!word.isEmpty()) {
                done.add(word.toString());
                word.setLength(0);
            }
            return done;
        }
    }
}
