package dev.portcullis.rewrite;

import java.util.regex.Pattern;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes scalars so that every reader of YAML takes them for what they are. */
final class ScalarText {
    /** Begins with a letter or a slash, and has nothing in it that means something in any style. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/_][A-Za-z0-9_./=@-]*");
    /** Has what ends a scalar in a flow collection, or would look as if it did. */
    private static final Pattern PLAIN_IN_BLOCK =
            Pattern.compile("(?:[A-Za-z/_]|\\.{1,2}/)[A-Za-z0-9_./=@,-]*(?::[A-Za-z0-9_./=@,-]+)*");

    private static final Pattern QUANTITY = Pattern.compile("[0-9]{1,18}(?:m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)");
    private static final Pattern WORD = Pattern.compile("y|n|yes|no|on|off|true|false|null", Pattern.CASE_INSENSITIVE);
    /** Line separators would break a line of YAML, other than one of JSON. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ScalarText() {}

    /** Where a scalar goes, and how those beside it are written. */
    enum Place {
        BLOCK,
        FLOW,
        QUOTED_FLOW
    }

    /** A scalar, or an empty collection. */
    static String of(JsonNode scalar, Place place) {
        if (!scalar.isString()) {
            return scalar.toString();
        }
        return of(scalar.stringValue(), place);
    }

    static String of(String text, Place place) {
        return place != Place.QUOTED_FLOW && isPlain(text, place) ? text : JSON.writeValueAsString(text);
    }

    /** The same in the quotes of what stood there before. */
    static String of(JsonNode scalar, Place place, Node.Quoting before) {
        if (!scalar.isString()) {
            return of(scalar, place);
        }
        String text = scalar.stringValue();
        return switch (before) {
            case SINGLE -> isPrintable(text) ? "'" + text.replace("'", "''") + "'" : JSON.writeValueAsString(text);
            case DOUBLE -> JSON.writeValueAsString(text);
            default -> of(text, place);
        };
    }

    private static boolean isPlain(String text, Place place) {
        Pattern pattern = place == Place.BLOCK ? PLAIN_IN_BLOCK : PLAIN;
        return (pattern.matcher(text).matches() && !WORD.matcher(text).matches())
                || QUANTITY.matcher(text).matches();
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
