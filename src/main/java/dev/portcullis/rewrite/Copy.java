package dev.portcullis.rewrite;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A tree and a copy of it that is changed, in which it is known what stood where before. */
final class Copy {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode original;
    private final ObjectNode changed;
    private final IdentityHashMap<JsonNode, Integer> places = new IdentityHashMap<>();

    Copy(ObjectNode original) {
        this.original = original;
        this.changed = object(original);
    }

    ObjectNode original() {
        return original;
    }

    ObjectNode changed() {
        return changed;
    }

    /** Where an element of a list of the copy, a collection itself, stood in that list; null for one that is new. */
    @Nullable Integer placeOf(JsonNode element) {
        return places.get(element);
    }

    private ObjectNode object(JsonNode node) {
        ObjectNode made = NODES.objectNode();
        node.properties().forEach(member -> made.set(member.getKey(), copy(member.getValue())));
        return made;
    }

    private JsonNode copy(JsonNode node) {
        if (node.isObject()) {
            return object(node);
        }
        if (!node.isArray()) {
            return node;
        }
        ArrayNode made = NODES.arrayNode(node.size());
        for (JsonNode element : node) {
            JsonNode copied = copy(element);
            if (copied.isContainer()) {
                places.put(copied, made.size());
            }
            made.add(copied);
        }
        return made;
    }
}
