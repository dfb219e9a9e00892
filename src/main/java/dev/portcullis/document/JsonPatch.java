package dev.portcullis.document;

import dev.portcullis.workload.Edit;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes a tree and keeps what was done as JSON Patch operations (RFC 6902) relative to what it was. A change that is
 * there already adds no operation, so that applying all changes twice equals once.
 */
public final class JsonPatch {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode root;
    private final ArrayNode operations = NODES.arrayNode();

    private JsonPatch(ObjectNode root) {
        this.root = root;
    }

    /** Makes edits in a tree, in place, and tells them as operations. */
    public static ArrayNode apply(ObjectNode root, List<Edit> edits) {
        JsonPatch patch = new JsonPatch(root);
        for (Edit edit : edits) {
            switch (edit) {
                case Edit.Set set -> patch.set(set.path().pointer(), set.value());
                case Edit.Append append -> patch.append(append.path().pointer(), append.value());
            }
        }
        return patch.operations;
    }

    /** Writes a value at a pointer, making the objects above it that are missing or null. */
    private void set(String pointer, Object value) {
        set(JsonPointer.compile(pointer), node(value));
    }

    /** Adds a value at the end of the array at a pointer, unless the array holds it; makes the array where it is missing. */
    private void append(String pointer, Object value) {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode element = node(value);
        if (!(root.at(place) instanceof ArrayNode array)) {
            set(place, NODES.arrayNode().add(element));
        } else if (!contains(array, element)) {
            array.add(element);
            operation("add", pointer + "/-", element);
        }
    }

    private void set(JsonPointer place, JsonNode value) {
        JsonPointer deepest = place;
        JsonNode written = value;
        while (isMissing(root.at(parentOf(deepest)))) {
            written = NODES.objectNode().set(deepest.last().getMatchingProperty(), written);
            deepest = parentOf(deepest);
        }
        JsonNode parent = root.at(parentOf(deepest));
        JsonNode before = root.at(deepest);
        if (before.equals(written)) {
            return;
        }
        write(parent, deepest.last(), written);
        operation(isMissing(before) ? "add" : "replace", deepest.toString(), written);
    }

    private static void write(JsonNode parent, JsonPointer step, JsonNode value) {
        switch (parent) {
            case ObjectNode object -> object.set(step.getMatchingProperty(), value);
            case ArrayNode array -> array.set(step.getMatchingIndex(), value);
            default -> throw new IllegalArgumentException(step + " has no object or array above it");
        }
    }

    private void operation(String op, String path, JsonNode value) {
        operations.addObject().put("op", op).put("path", path).set("value", value.deepCopy());
    }

    private static JsonPointer parentOf(JsonPointer place) {
        JsonPointer parent = place.head();
        if (parent == null) {
            throw new IllegalArgumentException("the root itself cannot be changed");
        }
        return parent;
    }

    private static boolean isMissing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean contains(ArrayNode array, JsonNode element) {
        for (JsonNode held : array) {
            if (held.equals(element)) {
                return true;
            }
        }
        return false;
    }

    /** One edit as the operation that makes it where all that is above it is there. */
    public static ObjectNode operation(Edit edit) {
        String path = edit.path().pointer();
        return NODES.objectNode()
                .put("op", "add")
                .put("path", edit instanceof Edit.Append ? path + "/-" : path)
                .set("value", node(edit.value()));
    }

    /** Plain Java as JSON: Boolean, Integer, Long, String, and List or Map of these. */
    public static JsonNode node(Object value) {
        return switch (value) {
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number ->
                number == number.intValue() ? NODES.numberNode(number.intValue()) : NODES.numberNode(number);
            case String text -> NODES.stringNode(text);
            case List<?> items -> {
                ArrayNode array = NODES.arrayNode();
                items.forEach(item -> array.add(node(item)));
                yield array;
            }
            case Map<?, ?> members -> {
                ObjectNode object = NODES.objectNode();
                members.forEach((name, member) -> object.set((String) name, node(member)));
                yield object;
            }
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }
}
