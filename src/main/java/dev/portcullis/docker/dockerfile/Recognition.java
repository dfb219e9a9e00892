package dev.portcullis.docker.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;

/** Tells a Dockerfile from other texts by its first lines. */
final class Recognition {
    private static final int LOOKED_AT = 256 << 10;

    private Recognition() {}

    static boolean recognizes(byte[] utf8) {
        String text = new String(utf8, 0, Math.min(utf8.length, LOOKED_AT), UTF_8);
        boolean arguments = false;
        for (String whole : (Iterable<String>) text.replace("\uFEFF", "").lines()::iterator) {
            String line = GoSpace.trim(whole);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> words = GoSpace.split(line, 3);
            String keyword = words.getFirst().toUpperCase(Locale.ROOT);
            boolean instruction = words.size() > 1 && !words.get(1).startsWith(":");
            if (instruction && keyword.equals("FROM")) {
                return true;
            }
            arguments |= instruction && keyword.equals("ARG");
            if (!arguments) {
                return instruction && Keywords.ALL.contains(keyword) && hasSyntaxDirective(text);
            }
        }
        return false;
    }

    private static boolean hasSyntaxDirective(String text) {
        return text.lines()
                .takeWhile(line -> line.startsWith("#"))
                .anyMatch(line -> GoSpace.lower(line.replace(" ", "")).startsWith("#syntax="));
    }
}
