package dev.portcullis.docker.run;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells a command from other texts by its first words. */
final class Recognition {
    private static final int LOOKED_AT = 4 << 10;
    private static final List<String> VERBS = List.of("run", "create", "container");

    private Recognition() {}

    static boolean recognizes(byte[] utf8) {
        if (!mayBegin(utf8)) {
            return false;
        }
        String text = new String(utf8, 0, Math.min(utf8.length, LOOKED_AT), StandardCharsets.UTF_8);
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String words = line.strip();
            if (!words.isEmpty() && !isComment(words)) {
                return begins(
                        words.startsWith("$ ") || words.startsWith("% ")
                                ? words.substring(2).strip()
                                : words);
            }
        }
        return false;
    }

    /** The first character of JSON is enough to say no. */
    private static boolean mayBegin(byte[] utf8) {
        for (byte each : utf8) {
            if (each > ' ') {
                return each == 'd' || each == 's' || each == '$' || each == '#' || each == '%';
            }
            if (each < 0) {
                return false;
            }
        }
        return false;
    }

    private static boolean isComment(String line) {
        return line.startsWith("#");
    }

    /** Whether it is docker, what may follow it, and a verb; a key of YAML has a colon there. */
    private static boolean begins(String line) {
        List<String> words = List.of(line.split("[ \t]+", 64));
        int at = words.getFirst().equals("sudo") ? 1 : 0;
        if (at == words.size() || !words.get(at).equals("docker")) {
            return false;
        }
        for (String word : words.subList(at + 1, words.size())) {
            if (VERBS.contains(word)) {
                return true;
            }
            if (word.endsWith(":")) {
                return false;
            }
        }
        return words.size() > at + 1 && words.get(at + 1).equals("\\");
    }
}
