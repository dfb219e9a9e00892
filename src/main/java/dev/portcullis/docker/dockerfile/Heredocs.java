package dev.portcullis.docker.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what texts an instruction announces. */
final class Heredocs {
    private static final Pattern WORD = Pattern.compile("[0-9]*+<<(-?)[\\t\\n\\f\\r ]*+([^<]*+)");

    private Heredocs() {}

    /** Those of a whole line; a line whose quotes do not close announces none. */
    static List<Heredoc> announced(String line) throws Misread {
        List<String> words;
        try {
            words = ShellLex.words(line, true, true);
        } catch (Misread unclosed) {
            if (unclosed.isBound()) {
                throw unclosed;
            }
            return List.of();
        }
        List<Heredoc> announced = new ArrayList<>();
        for (String word : words) {
            Heredoc heredoc = parse(word);
            if (heredoc != null) {
                announced.add(heredoc);
            }
        }
        return announced;
    }

    /** Whether an argument stands for a text that follows. */
    static boolean isOne(String argument) {
        try {
            return parse(argument) != null;
        } catch (Misread none) {
            return false;
        }
    }

    /** What a word announces, null where it is no such word. */
    static @Nullable Heredoc parse(String word) throws Misread {
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches() || matcher.group(2).isEmpty()) {
            return null;
        }
        List<String> names = ShellLex.words(matcher.group(2), false, false);
        if (names.size() != 1) {
            return null;
        }
        List<String> raw = ShellLex.words(matcher.group(2), true, false);
        if (raw.size() != 1) {
            throw new Misread("the name of a heredoc cannot be read", "write <<EOF");
        }
        boolean expand = quotes(names.getFirst()) == quotes(raw.getFirst());
        return new Heredoc(names.getFirst(), expand, !matcher.group(1).isEmpty(), "");
    }

    private static long quotes(String word) {
        return word.chars().filter(c -> c == '\'' || c == '"').count();
    }
}
