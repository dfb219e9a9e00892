package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes JSON into Go types as {@code encoding/json} does, and refuses what that refuses. Beyond it, two keys that Go takes
 * for one are refused: which of them counts differs between values and engines, and no honest client sends them.
 */
final class GoDecoder {
    private GoDecoder() {}

    static GoValue decode(JsonNode node, GoType type, FieldPath path) throws MalformedBodyException {
        if (node.isNull()) {
            return GoValue.unset(type, path);
        }
        return switch (type) {
            case GoType.Pointer pointer -> decode(node, pointer.target(), path);
            case GoType.Flag flag -> {
                require(node.isBoolean(), node, "true or false", path);
                yield GoValue.scalar(flag, path, node);
            }
            case GoType.Text text -> text(node, text, path);
            case GoType.Whole whole -> whole(node, whole, path);
            case GoType.Slice slice -> {
                require(node.isArray(), node, "a list", path);
                yield GoValue.list(slice, path, node, elements(node, slice.element(), node.size(), path));
            }
            case GoType.Array array -> {
                require(node.isArray(), node, "a list", path);
                int decoded = Math.min(node.size(), array.length());
                yield GoValue.list(array, path, node, elements(node, array.element(), decoded, path));
            }
            case GoType.Mapping mapping -> mapping(node, mapping, path);
            case GoType.Struct struct -> struct(node, struct, path);
        };
    }

    private static GoValue text(JsonNode node, GoType.Text text, FieldPath path) throws MalformedBodyException {
        require(node.isString(), node, "a string", path);
        if (text.form().canonical(node.stringValue()) == null) {
            throw new MalformedBodyException(
                    path,
                    "is " + MalformedBodyException.quoted(node.stringValue()),
                    "write " + text.form().description());
        }
        return GoValue.scalar(text, path, node);
    }

    private static GoValue whole(JsonNode node, GoType.Whole whole, FieldPath path) throws MalformedBodyException {
        require(node.isNumber(), node, "a whole number", path);
        if (!node.isIntegralNumber()) {
            throw new MalformedBodyException(
                    path, "has a fraction or an exponent", "write a whole number without them");
        }
        BigInteger value = node.bigIntegerValue();
        if (value.compareTo(whole.least()) < 0 || value.compareTo(whole.most()) > 0) {
            throw new MalformedBodyException(
                    path, "is out of range", "write a number from " + whole.least() + " to " + whole.most());
        }
        return GoValue.scalar(whole, path, node);
    }

    private static List<GoValue> elements(JsonNode list, GoType element, int count, FieldPath path)
            throws MalformedBodyException {
        List<GoValue> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(decode(list.get(i), element, path.index(i)));
        }
        return elements;
    }

    private static GoValue mapping(JsonNode node, GoType.Mapping mapping, FieldPath path)
            throws MalformedBodyException {
        require(node.isObject(), node, "an object", path);
        Map<String, GoValue> members = LinkedHashMap.newLinkedHashMap(node.size());
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            FieldPath place = path.child(member.getKey());
            String key = mapping.key().canonical(member.getKey());
            if (key == null) {
                throw new MalformedBodyException(
                        place, "is no usable key", "write " + mapping.key().description());
            }
            if (members.put(key, decode(member.getValue(), mapping.element(), place)) != null) {
                throw twice(place, key);
            }
        }
        return GoValue.map(mapping, path, node, members);
    }

    private static GoValue struct(JsonNode node, GoType.Struct struct, FieldPath path) throws MalformedBodyException {
        require(node.isObject(), node, "an object", path);
        @Nullable GoValue[] fields = new GoValue[struct.fields().size()];
        Set<String> ignored = null;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            FieldPath place = path.child(member.getKey());
            Integer index = struct.match(member.getKey());
            if (index == null) {
                ignored = ignored == null ? new HashSet<>() : ignored;
                if (!ignored.add(GoNames.fold(member.getKey()))) {
                    throw twice(place, member.getKey());
                }
                continue;
            }
            GoType.Field field = struct.fields().get(index);
            if (fields[index] != null) {
                throw twice(place, field.name());
            }
            fields[index] = decode(member.getValue(), field.type(), place);
        }
        return GoValue.struct(struct, path, node, fields);
    }

    private static void require(boolean fits, JsonNode found, String wanted, FieldPath path)
            throws MalformedBodyException {
        if (!fits) {
            String kind = switch (found.getNodeType()) {
                case STRING -> "a string";
                case NUMBER -> "a number";
                case BOOLEAN -> "true or false";
                case ARRAY -> "a list";
                case OBJECT -> "an object";
                default -> "null";
            };
            throw new MalformedBodyException(path, "is " + kind, "write " + wanted);
        }
    }

    private static MalformedBodyException twice(FieldPath path, String name) {
        return new MalformedBodyException(
                path,
                "says " + MalformedBodyException.quoted(name) + " twice, in two spellings of one key",
                "keep one of them");
    }
}
