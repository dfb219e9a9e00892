package dev.portcullis.check;

import dev.portcullis.workload.Edit;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** How findings write values. */
public final class Words {
    private static final int LONGEST_VALUE = 120;

    private Words() {}

    /** A value as a person reads it: strings quoted, long ones cut, control and direction characters escaped. */
    public static String value(Object value) {
        return switch (value) {
            case String text -> '"' + printable(text, LONGEST_VALUE) + '"';
            case Collection<?> items -> items.stream().map(Words::value).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> members ->
                members.entrySet().stream()
                        .map(member -> member.getKey() + ": " + value(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    /** What to do to make an edit, an imperative. */
    public static String remedy(Edit edit) {
        return switch (edit) {
            case Edit.Set set -> "set it to " + value(set.value());
            case Edit.Append append -> "add " + value(append.value());
        };
    }

    /** Text on one line without anything a terminal or a page could take for a command, at most so many characters. */
    public static String printable(String text, int longest) {
        if (text.length() <= longest && isPlainAscii(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(Math.min(text.length(), longest) + 1);
        int shownCharacters = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (shownCharacters++ == longest) {
                return shown.append('…').toString();
            }
            int character = text.codePointAt(at);
            if (isPlain(character)) {
                shown.appendCodePoint(character);
            } else {
                shown.append(String.format(character > 0xffff ? "\\U%08x" : "\\u%04x", character));
            }
        }
        return shown.toString();
    }

    private static boolean isPlainAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
