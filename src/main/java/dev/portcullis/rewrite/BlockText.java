package dev.portcullis.rewrite;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes values as blocks of lines. */
record BlockText(BlockStyle style, String lineBreak) {
    /** A value that is no empty collection; its first line is not indented, its last has no break. */
    String value(JsonNode value, int column) {
        StringBuilder text = new StringBuilder();
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                next(text, column).append(member(member.getKey(), member.getValue(), column));
            }
            return text.toString();
        }
        if (!value.isArray()) {
            return scalar(value);
        }
        for (JsonNode element : value) {
            next(text, column).append(element(element, column, " "));
        }
        return text.toString();
    }

    private StringBuilder next(StringBuilder text, int column) {
        return text.isEmpty() ? text : text.append(lineBreak).repeat(" ", column);
    }

    /** A key at a column and its value. */
    String member(String name, JsonNode value, int column) {
        String key = ScalarText.of(name, ScalarText.Place.BLOCK) + ":";
        return fits(value) ? key + " " + scalar(value) : key + below(value, column);
    }

    /** What follows a key at a column: the lines of a value that has its own. */
    String below(JsonNode value, int column) {
        int inner = column + (value.isArray() ? style.dash() : style.step());
        return lineBreak + " ".repeat(inner) + value(value, inner);
    }

    /** A dash at a column and the value behind it. */
    String element(JsonNode value, int column, String gap) {
        return "-" + gap + (fits(value) ? scalar(value) : value(value, column + 1 + gap.length()));
    }

    /** Whether a value stands on the line of its key. */
    boolean fits(JsonNode value) {
        boolean inline =
                style.lists() != null && value.isArray() && value.valueStream().noneMatch(JsonNode::isContainer);
        return !value.isContainer() || value.isEmpty() || inline;
    }

    /** A value on one line. */
    String scalar(JsonNode value) {
        return value.isContainer() && !value.isEmpty()
                ? new FlowText(
                                style.lists() == null
                                        ? FlowStyle.USUAL
                                        : style.lists().inline(),
                                lineBreak)
                        .value(value, "")
                : ScalarText.of(value, ScalarText.Place.BLOCK);
    }
}
