package dev.portcullis.document;

import dev.portcullis.workload.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private JsonPatch() {}

    /** Makes edits in a tree, in place, and tells them as operations. */
    public static ArrayNode apply(ObjectNode root, List<Edit> edits) {
        ArrayNode operations = NODES.arrayNode();
        for (Edit edit : edits) {
            for (Operation operation : plan(root, edit)) {
                operation.perform(root);
                operations.add(operation.toJson());
            }
        }
        return operations;
    }

    /** The operations that make one edit in a tree, which is left as it is; none where the tree has it already. */
    public static ArrayNode preview(JsonNode root, Edit edit) {
        ArrayNode operations = NODES.arrayNode();
        plan(root, edit).forEach(operation -> operations.add(operation.toJson()));
        return operations;
    }

    /** Operations to be performed one after the other. */
    private static List<Operation> plan(JsonNode root, Edit edit) {
        JsonPointer place = JsonPointer.compile(edit.path().pointer());
        return switch (edit) {
            case Edit.Set set -> listOf(write(root, place, node(set.value())));
            case Edit.Append append -> listOf(append(root, place, node(append.value())));
            case Edit.Remove remove -> remove(root.at(place), place, remove);
        };
    }

    private static List<Operation> listOf(@Nullable Operation operation) {
        return operation == null ? List.of() : List.of(operation);
    }

    private static @Nullable Operation append(JsonNode root, JsonPointer place, JsonNode value) {
        return switch (root.at(place)) {
            case ArrayNode array when contains(array, value) -> null;
            case ArrayNode array -> new Operation("add", place.appendProperty("-"), value);
            default -> write(root, place, NODES.arrayNode().add(value));
        };
    }

    /** From the end, so that no removal moves what is still to be removed. */
    private static List<Operation> remove(JsonNode list, JsonPointer place, Edit.Remove remove) {
        List<Operation> operations = new ArrayList<>();
        for (int i = list.size() - 1; i >= 0; i--) {
            if (remove.name().equals(list.path(i).path(remove.key()).stringValue(null))) {
                operations.add(new Operation("remove", place.appendIndex(i), null));
            }
        }
        return operations;
    }

    /** Writes a value, making the objects above it that are missing or null. */
    private static @Nullable Operation write(JsonNode root, JsonPointer place, JsonNode value) {
        JsonPointer deepest = place;
        JsonNode written = value;
        while (isMissing(root.at(parentOf(deepest)))) {
            written = NODES.objectNode().set(deepest.last().getMatchingProperty(), written);
            deepest = parentOf(deepest);
        }
        JsonNode before = root.at(deepest);
        return before.equals(written) ? null : new Operation(isMissing(before) ? "add" : "replace", deepest, written);
    }

    /** @param value null where what stands there is taken out */
    private record Operation(
            String op, JsonPointer path, @Nullable JsonNode value) {
        void perform(JsonNode root) {
            JsonPointer step = path.last();
            if (value == null) {
                ((ArrayNode) root.at(parentOf(path))).remove(step.getMatchingIndex());
                return;
            }
            switch (root.at(parentOf(path))) {
                case ObjectNode object -> object.set(step.getMatchingProperty(), value);
                case ArrayNode array when step.getMatchingProperty().equals("-") -> array.add(value);
                case ArrayNode array -> array.set(step.getMatchingIndex(), value);
                default -> throw new IllegalArgumentException(path + " has no object or array above it");
            }
        }

        ObjectNode toJson() {
            ObjectNode operation = NODES.objectNode().put("op", op).put("path", path.toString());
            return value == null ? operation : operation.set("value", value.deepCopy());
        }
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
