package dev.portcullis.kubernetes;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A JSON object of a Kubernetes resource, read with the types the API has. A member that is missing and one that is null
 * are the same, as they are to the API; a member of another type is an error with its path.
 */
final class Fields {
    private static final int LONGEST_QUANTITY = 64;

    private final @Nullable JsonNode object;
    private final FieldPath path;

    private Fields(@Nullable JsonNode object, FieldPath path) {
        this.object = object;
        this.path = path;
    }

    /** The object at a path; null and a missing node are an object without members. */
    static Fields of(@Nullable JsonNode node, FieldPath path) throws MalformedObjectException {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return new Fields(null, path);
        }
        if (!node.isObject()) {
            throw wrongType(path, "an object", node);
        }
        return new Fields(node, path);
    }

    FieldPath path() {
        return path;
    }

    /** The object as it came; one without members where there is none. */
    JsonNode raw() {
        return object == null ? JsonNodeFactory.instance.objectNode() : object;
    }

    /** Whether the object is there at all. */
    boolean isPresent() {
        return object != null;
    }

    FieldPath pathOf(String name) {
        return path.child(name);
    }

    @Nullable JsonNode node(String name) {
        JsonNode node = object == null ? null : object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** The names of all members, those that are null too. */
    Iterable<String> names() {
        return object == null ? List.of() : object.propertyNames();
    }

    /** Whether there is a member of this name, null or not. */
    boolean has(String name) {
        return object != null && object.has(name);
    }

    Fields object(String name) throws MalformedObjectException {
        JsonNode node = node(name);
        if (node == null) {
            return new Fields(null, path.child(name));
        }
        return of(node, path.child(name));
    }

    /** How many elements an array has; 0 where there is none. */
    int size(String name) throws MalformedObjectException {
        JsonNode array = array(name);
        return array == null ? 0 : array.size();
    }

    /** The objects of an array; an element that is null is an error. */
    List<Fields> objects(String name) throws MalformedObjectException {
        JsonNode array = array(name);
        if (array == null) {
            return List.of();
        }
        FieldPath base = path.child(name);
        List<Fields> elements = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            if (!element.isObject()) {
                throw wrongType(base.index(i), "an object", element);
            }
            elements.add(new Fields(element, base.index(i)));
        }
        return elements;
    }

    @Nullable String text(String name) throws MalformedObjectException {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw wrongType(path.child(name), "a string", node);
        }
        return node.stringValue();
    }

    @Nullable Boolean flag(String name) throws MalformedObjectException {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isBoolean()) {
            throw wrongType(path.child(name), "true or false", node);
        }
        return node.booleanValue();
    }

    @Nullable Long number(String name, long least, long most) throws MalformedObjectException {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber()) {
            throw wrongType(path.child(name), "a whole number", node);
        }
        if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
            throw new MalformedObjectException(path.child(name), "must be from " + least + " to " + most);
        }
        return node.longValue();
    }

    /** A quantity: the API takes strings and numbers. */
    @Nullable String quantity(String name) throws MalformedObjectException {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (node.isNumber()) {
            return node.numberValue().toString();
        }
        String text = text(name);
        if (text != null && text.length() > LONGEST_QUANTITY) {
            throw new MalformedObjectException(path.child(name), "must be a quantity, such as 256Mi or 500m");
        }
        return text;
    }

    /** The strings of an array, null where there is none. */
    @Nullable List<String> texts(String name) throws MalformedObjectException {
        JsonNode array = array(name);
        if (array == null) {
            return null;
        }
        List<String> texts = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            if (!element.isString()) {
                throw wrongType(path.child(name).index(i), "a string", element);
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /** A flag as a setting that is written as it is. */
    Setting<Boolean> flagSetting(String name, @Nullable Boolean otherwise) throws MalformedObjectException {
        Boolean value = flag(name);
        return value == null
                ? new Setting.Absent<>(path.child(name), Notation.plain(), otherwise)
                : new Setting.Declared<>(value, path.child(name));
    }

    /** A text as a setting that is written as it is; an empty one is not said. */
    Setting<String> textSetting(String name) throws MalformedObjectException {
        String value = text(name);
        return value == null || value.isEmpty()
                ? new Setting.Absent<>(path.child(name), Notation.plain())
                : new Setting.Declared<>(value, path.child(name));
    }

    private @Nullable JsonNode array(String name) throws MalformedObjectException {
        JsonNode node = node(name);
        if (node != null && !node.isArray()) {
            throw wrongType(path.child(name), "a list", node);
        }
        return node;
    }

    private static MalformedObjectException wrongType(FieldPath path, String expected, JsonNode found) {
        String what = switch (found.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> found.isIntegralNumber() ? "a number" : "a fraction";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "null";
        };
        return new MalformedObjectException(path, "must be " + expected + ", but is " + what);
    }
}
