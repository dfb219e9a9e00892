package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes values in braces and brackets. */
record FlowText(FlowStyle style, String lineBreak) {
    /** @param indent of the line on which the value begins */
    String value(JsonNode value, String indent) {
        if (!value.isContainer() || value.isEmpty()) {
            return ScalarText.of(value, style.place());
        }
        List<String> items = new ArrayList<>();
        boolean apart = style.apart() && !(style.listsInline() && isOfScalars(value));
        String inner = apart ? indent + style.unit() : indent;
        if (value.isObject()) {
            value.properties().forEach(member -> items.add(member(member.getKey(), member.getValue(), inner)));
            return enclosed("{", items, "}", indent, apart);
        }
        value.forEach(element -> items.add(value(element, inner)));
        return enclosed("[", items, "]", indent, apart);
    }

    /** A key and its value. */
    String member(String name, JsonNode value, String indent) {
        return ScalarText.of(name, style.place()) + style.colon() + value(value, indent);
    }

    private String enclosed(String open, List<String> items, String close, String indent, boolean apart) {
        if (!apart) {
            String padding = open.equals("{") ? style.padding() : "";
            return open + padding + String.join(style.comma(), items) + padding + close;
        }
        String line = lineBreak + indent + style.unit();
        return open + line + String.join("," + line, items) + lineBreak + indent + close;
    }

    private static boolean isOfScalars(JsonNode value) {
        return value.isArray() && value.valueStream().noneMatch(JsonNode::isContainer);
    }
}
