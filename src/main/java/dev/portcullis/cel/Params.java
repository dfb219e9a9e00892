package dev.portcullis.cel;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** JSON as values that many threads may read at once, which the views of {@link Values} are not. */
final class Params {
    private Params() {}

    static Object of(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> object = new LinkedHashMap<>();
            node.properties().forEach(member -> object.put(member.getKey(), of(member.getValue())));
            return object;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>(node.size());
            node.forEach(element -> elements.add(of(element)));
            return elements;
        }
        return node.isNull() ? NullValue.NULL_VALUE : Values.of(node);
    }
}
