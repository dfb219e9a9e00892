package dev.portcullis.docker.dockerfile;

import java.util.regex.Pattern;

/**
 * A text that follows its instruction.
 *
 * @param name the word that ends it
 * @param expand whether variables in it are replaced: not where its name is quoted
 * @param chomp whether tabs at the start of its lines are taken away
 * @param content its lines as they are written, without the one that ends it
 */
record Heredoc(String name, boolean expand, boolean chomp, String content) {
    private static final Pattern LEADING_TABS = Pattern.compile("^\t++", Pattern.MULTILINE);

    Heredoc with(String lines) {
        return new Heredoc(name, expand, chomp, lines);
    }

    /** What the build reads. */
    String text() {
        return chomp ? LEADING_TABS.matcher(content).replaceAll("") : content;
    }
}
