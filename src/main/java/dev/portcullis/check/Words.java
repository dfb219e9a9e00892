package dev.portcullis.check;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Printable;
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
            case String text -> '"' + Printable.text(text, LONGEST_VALUE) + '"';
            case Collection<?> items -> items.stream().map(Words::value).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> members ->
                members.entrySet().stream()
                        .map(member -> Printable.text(String.valueOf(member.getKey()), LONGEST_VALUE)
                                + ": "
                                + value(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    /** What to do to make an edit, an imperative. */
    public static String remedy(Edit edit) {
        return switch (edit) {
            case Edit.Set set when set.value().equals("") -> "remove it";
            case Edit.Set set -> "set it to " + value(set.value());
            case Edit.Append append -> "add " + value(append.value());
            case Edit.Remove remove -> "take out " + value(remove.name());
        };
    }
}
