package dev.portcullis.docker.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one simple command into words as a POSIX shell does: quotes, escapes, continued lines, comments. What only a running
 * shell knows (variables, what other commands print) is refused, and so is what would be a second command.
 */
final class ShellWords {
    static final int MOST_WORDS = 2_000;

    private static final String OPERATORS = "|&;<>()";
    private static final String NAMES_OF_PARAMETERS = "_{[(@*#?$!-";
    private static final String GLOBS = "*?[";
    private static final String ESCAPED_IN_QUOTES = "$`\"\\";
    private static final String TYPESET_QUOTES = "\u2018\u2019\u201C\u201D";
    private static final String TYPESET_DASHES = "\u2013\u2014\u2212";

    private final Script script;
    private final String text;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int at;
    /** -1 outside of words. */
    private int start = -1;

    private boolean inQuotes;
    /** The first unquoted brace that opens in the word, -1 before it. */
    private int brace = -1;
    /** Whether a comma or a range follows it. */
    private boolean listed;
    /** The first unquoted sign of the word that stands for names of files, -1 before it. */
    private int glob = -1;

    private ShellWords(Script script) {
        this.script = script;
        this.text = script.text();
    }

    /**
     * The words of a command.
     *
     * @return at least one
     */
    static List<Word> split(Script script) throws RunLineException {
        ShellWords split = new ShellWords(script);
        split.read();
        if (split.words.isEmpty()) {
            throw script.refuse(0, "there is no command", "write docker run and what follows it");
        }
        return split.words;
    }

    private void read() throws RunLineException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isBlank(c)) {
                end();
                at++;
            } else if (isNewline()) {
                end();
                at = afterNewline(at);
                requireOneCommand();
            } else if (c == '#' && start < 0) {
                at = endOfLine();
            } else {
                part(c);
            }
        }
        end();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private boolean isNewline() {
        return text.charAt(at) == '\n' || text.startsWith("\r\n", at);
    }

    private int afterNewline(int newline) {
        return newline + (text.charAt(newline) == '\r' ? 2 : 1);
    }

    private int endOfLine() {
        int newline = text.indexOf('\n', at);
        return newline < 0 ? text.length() : newline;
    }

    private void end() throws RunLineException {
        if (start < 0) {
            return;
        }
        if (words.size() == MOST_WORDS) {
            throw script.refuse(start, "the command has more than " + MOST_WORDS + " words", "give a shorter one");
        }
        words.add(new Word(word.toString(), start, at, glob));
        word.setLength(0);
        start = -1;
        brace = -1;
        listed = false;
        glob = -1;
    }

    /** After the end of a command there may be blank lines and comments alone. */
    private void requireOneCommand() throws RunLineException {
        if (words.isEmpty()) {
            return;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at = endOfLine();
            } else if (isBlank(c) || isNewline()) {
                at++;
            } else {
                throw script.refuse(
                        at,
                        "a second command begins",
                        "give one at a time, or end the line before with \\ where it goes on");
            }
        }
    }

    /** A piece of a word. */
    private void part(char c) throws RunLineException {
        boolean first = start < 0;
        if (c == '\\' && at + 1 < text.length() && newlineAt(at + 1)) {
            at = afterNewline(at + 1);
            return;
        }
        start = first ? at : start;
        switch (c) {
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '\\' -> escaped();
            default -> {
                requirePlain(c, first);
                word.append(c);
                at++;
            }
        }
    }

    private boolean newlineAt(int place) {
        return text.charAt(place) == '\n' || text.startsWith("\r\n", place);
    }

    private void requirePlain(char c, boolean first) throws RunLineException {
        if (OPERATORS.indexOf(c) >= 0) {
            throw refuse(
                    "a shell takes \"" + c + "\" for a sign of its own",
                    "quote it, or leave out what is not the command");
        }
        if (TYPESET_QUOTES.indexOf(c) >= 0 || (first && TYPESET_DASHES.indexOf(c) >= 0)) {
            throw refuse("\"" + c + "\" is typeset, and means nothing to a shell", "write ' or \" or --");
        }
        if (Character.isSpaceChar(c)) {
            throw refuse("a blank (U+%04X) is none to a shell".formatted((int) c), "write a plain one");
        }
        if (c == '~' && (first || follows('=') || follows(':'))) {
            throw refuse("~ is a folder that only the shell knows", "write the path out");
        }
        if (glob < 0 && GLOBS.indexOf(c) >= 0) {
            glob = at;
        }
        requireNoList(c);
        requireNoExpansion(c);
    }

    private boolean follows(char before) {
        return !word.isEmpty() && word.charAt(word.length() - 1) == before;
    }

    /** Braces may hold others, quotes and blanks that are quoted: whichever open, one that closes after a comma is enough. */
    private void requireNoList(char c) throws RunLineException {
        if (c == '{' && brace < 0) {
            brace = at;
        }
        if (brace >= 0 && (c == ',' || (c == '.' && follows('.')))) {
            listed = true;
        }
        if (listed && c == '}') {
            throw script.refuse(brace, "some shells make several words of {…}", "write them out, or quote it");
        }
    }

    private void requireNoExpansion(char c) throws RunLineException {
        if (c == '`') {
            throw refuse("` would run another command", "write out what it prints; a line that goes on ends with \\");
        }
        if (c == '$' && at + 1 < text.length()) {
            char next = text.charAt(at + 1);
            boolean quoting = !inQuotes && (next == '\'' || next == '"');
            if (quoting || isLetterOrDigit(next) || NAMES_OF_PARAMETERS.indexOf(next) >= 0) {
                throw refuse(
                        "what $ stands for is known to the shell alone", "write the value out, or quote it with '…'");
            }
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private void singleQuoted() throws RunLineException {
        int close = text.indexOf('\'', at + 1);
        if (close < 0) {
            throw refuse("a quote is not closed", "write ' at its end");
        }
        word.append(text, at + 1, close);
        at = close + 1;
    }

    private void doubleQuoted() throws RunLineException {
        int open = at++;
        inQuotes = true;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c != '\\') {
                requireNoExpansion(c);
                word.append(c);
                at++;
            } else if (at + 1 < text.length() && newlineAt(at + 1)) {
                at = afterNewline(at + 1);
            } else {
                quotedEscape();
            }
        }
        inQuotes = false;
        if (at == text.length()) {
            at = open;
            throw refuse("a quote is not closed", "write \" at its end");
        }
        at++;
    }

    private void quotedEscape() {
        boolean escapes = at + 1 < text.length() && ESCAPED_IN_QUOTES.indexOf(text.charAt(at + 1)) >= 0;
        word.append(text.charAt(escapes ? at + 1 : at));
        at += escapes ? 2 : 1;
    }

    private void escaped() throws RunLineException {
        int rest = at + 1;
        while (rest < text.length() && isBlank(text.charAt(rest))) {
            rest++;
        }
        if (rest == text.length()) {
            throw refuse("nothing follows the \\", "write the line that it goes on with, or take it away");
        }
        if (rest > at + 1 && newlineAt(rest)) {
            throw refuse(
                    "a blank follows the \\ at the end of the line, which ends the command", "take the blank away");
        }
        int c = text.codePointAt(at + 1);
        word.appendCodePoint(c);
        at += 1 + Character.charCount(c);
    }

    private RunLineException refuse(String problem, String remedy) {
        return script.refuse(at, problem, remedy);
    }
}
