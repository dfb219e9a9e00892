package dev.portcullis.docker.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Splits the arguments of one instruction, each kind by its own rules. */
final class ArgumentReader {
    private ArgumentReader() {}

    /** Arguments, and whether they were written as a JSON array. */
    record Arguments(List<String> list, boolean json) {
        static final Arguments NONE = new Arguments(List.of(), false);

        static Arguments plain(List<String> list) {
            return new Arguments(list, false);
        }
    }

    /** The arguments of an instruction other than ONBUILD, of one that is none nothing. */
    static Arguments read(String keyword, String rest, char escape) throws Misread {
        return switch (keyword) {
            case "ADD", "COPY", "VOLUME" -> jsonOrList(rest);
            case "CMD", "ENTRYPOINT", "RUN", "SHELL" -> jsonOrLine(rest);
            case "ENV", "LABEL" -> Arguments.plain(pairs(keyword, rest, escape));
            case "ARG" -> Arguments.plain(words(rest, escape));
            case "EXPOSE", "FROM" -> Arguments.plain(list(rest));
            case "HEALTHCHECK" -> health(rest);
            case "MAINTAINER", "STOPSIGNAL", "USER", "WORKDIR" ->
                Arguments.plain(rest.isEmpty() ? List.of() : List.of(rest));
            default -> Arguments.plain(List.of(""));
        };
    }

    private static List<String> list(String rest) {
        return rest.isEmpty() ? List.of() : GoSpace.split(rest, Integer.MAX_VALUE);
    }

    private static Arguments jsonOrList(String rest) throws Misread {
        List<String> array = JsonArray.read(rest);
        return array == null ? Arguments.plain(list(rest)) : new Arguments(array, true);
    }

    private static Arguments jsonOrLine(String rest) throws Misread {
        if (rest.isEmpty()) {
            return Arguments.NONE;
        }
        List<String> array = JsonArray.read(rest);
        return array == null ? Arguments.plain(List.of(rest)) : new Arguments(array, true);
    }

    private static Arguments health(String rest) throws Misread {
        int end = 0;
        while (end < rest.length() && !isAsciiSpace(rest.charAt(end))) {
            end++;
        }
        if (end == 0) {
            return Arguments.NONE;
        }
        int next = end;
        while (next < rest.length() && isAsciiSpace(rest.charAt(next))) {
            next++;
        }
        Arguments command = jsonOrLine(rest.substring(next));
        List<String> all = new ArrayList<>();
        all.add(rest.substring(0, end));
        all.addAll(command.list());
        return new Arguments(all, command.json());
    }

    private static boolean isAsciiSpace(char c) {
        return c < 0x80 && GoSpace.isSpace(c);
    }

    /** Name, value and the sign between them in turn; the sign is empty in the old form {@code ENV name value}. */
    private static List<String> pairs(String keyword, String rest, char escape) throws Misread {
        List<String> words = words(rest, escape);
        if (words.isEmpty()) {
            return List.of();
        }
        if (!words.getFirst().contains("=")) {
            List<String> parts = GoSpace.split(rest, 2);
            if (parts.size() < 2) {
                throw new Misread(keyword + " must have two arguments", "write " + keyword + " name=value");
            }
            return List.of(parts.get(0), parts.get(1), "");
        }
        List<String> pairs = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new Misread(
                        "can't find = in one of the words after " + keyword,
                        "write name=value, and quote values that have spaces");
            }
            pairs.add(word.substring(0, equals));
            pairs.add(word.substring(equals + 1));
            pairs.add("=");
        }
        return pairs;
    }

    /** Words between white space, quotes and escapes kept as they are written. */
    private static List<String> words(String text, char escape) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && GoSpace.isSpace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                continue;
            }
            boolean escapes = c == escape && quote != '\'';
            if (escapes && at + 1 == text.length()) {
                continue;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            if (escapes) {
                word.append(c);
                at++;
                c = text.charAt(at);
            }
            word.append(c);
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
