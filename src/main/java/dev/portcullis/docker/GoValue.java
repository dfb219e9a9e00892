package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value as Go holds it, and where it stands in the body as spelled there. What is absent, and what is null, has Go's zero
 * value and {@link #isSet} tells it apart; its path is where it would go.
 */
final class GoValue {
    private final GoType type;
    private final FieldPath path;
    private final @Nullable JsonNode node;
    private final @Nullable GoValue[] fields;
    private final List<GoValue> elements;
    private final Map<String, GoValue> members;
    private final @Nullable String why;

    private GoValue(
            GoType type,
            FieldPath path,
            @Nullable JsonNode node,
            @Nullable GoValue[] fields,
            List<GoValue> elements,
            Map<String, GoValue> members,
            @Nullable String why) {
        this.type = type;
        this.path = path;
        this.node = node;
        this.fields = fields;
        this.elements = elements;
        this.members = members;
        this.why = why;
    }

    static GoValue unset(GoType type, FieldPath path) {
        GoType held = type instanceof GoType.Pointer pointer ? pointer.target() : type;
        return new GoValue(held, path, null, NO_FIELDS, List.of(), Map.of(), null);
    }

    static GoValue scalar(GoType type, FieldPath path, JsonNode node) {
        return new GoValue(type, path, node, NO_FIELDS, List.of(), Map.of(), null);
    }

    static GoValue struct(GoType.Struct type, FieldPath path, JsonNode node, @Nullable GoValue[] fields) {
        return new GoValue(type, path, node, fields, List.of(), Map.of(), null);
    }

    static GoValue list(GoType type, FieldPath path, JsonNode node, List<GoValue> elements) {
        return new GoValue(type, path, node, NO_FIELDS, elements, Map.of(), null);
    }

    static GoValue map(GoType type, FieldPath path, JsonNode node, Map<String, GoValue> members) {
        return new GoValue(type, path, node, NO_FIELDS, List.of(), members, null);
    }

    /** A value that is said in words whose meaning is not known; none of its zero values may be taken for it. */
    static GoValue unknown(GoType type, FieldPath path, String why) {
        GoType held = type instanceof GoType.Pointer pointer ? pointer.target() : type;
        return new GoValue(held, path, null, NO_FIELDS, List.of(), Map.of(), why);
    }

    /** The same for a text whose beginning is known. */
    static GoValue unknown(GoType type, FieldPath path, JsonNode beginning, String why) {
        return new GoValue(type, path, beginning, NO_FIELDS, List.of(), Map.of(), why);
    }

    private static final @Nullable GoValue[] NO_FIELDS = {};

    /**
     * The same where values in it are not known, whatever beginning of them is written.
     *
     * @param unknown why, by their JSON Pointers
     */
    GoValue forgetting(Map<String, String> unknown) {
        if (unknown.isEmpty()) {
            return this;
        }
        @Nullable GoValue[] known = new GoValue[fields.length];
        for (int i = 0; i < fields.length; i++) {
            GoValue field = fields[i];
            known[i] = field == null ? null : field.forgetting(unknown);
        }
        List<GoValue> all =
                elements.stream().map(element -> element.forgetting(unknown)).toList();
        String reason = unknown.getOrDefault(path.pointer(), why);
        return new GoValue(type, path, node, known, all, members, reason);
    }

    /** A struct put together of values that stand elsewhere, by name of the field. */
    static GoValue of(GoType.Struct type, FieldPath path, JsonNode node, Map<String, GoValue> parts) {
        @Nullable GoValue[] fields = new GoValue[type.fields().size()];
        parts.forEach((name, part) -> fields[type.indexOf(name)] = part);
        return struct(type, path, node, fields);
    }

    /** Why this value, or a part of it, is not known; null where all of it is. */
    @Nullable String unknown() {
        if (why != null) {
            return why;
        }
        for (GoValue field : fields) {
            String unknown = field == null ? null : field.unknown();
            if (unknown != null) {
                return unknown;
            }
        }
        return Stream.concat(elements.stream(), members.values().stream())
                .map(GoValue::unknown)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Where it stands, or would go. */
    FieldPath path() {
        return path;
    }

    /** Whether the body says a value other than null. */
    boolean isSet() {
        return node != null;
    }

    /** Whether a struct has a field of this name. */
    boolean has(String name) {
        return ((GoType.Struct) type).match(name) != null;
    }

    /** A struct's field, by the name that Go's declaration gives it. */
    GoValue field(String name) {
        GoType.Struct struct = (GoType.Struct) type;
        int index = struct.indexOf(name);
        GoValue value = node == null ? null : fields[index];
        return value == null ? unset(struct.fields().get(index).type(), path.child(name)) : value;
    }

    /** A list's elements, none where it is unset. */
    List<GoValue> elements() {
        return elements;
    }

    /** A map's members by key, in the body's order; none where it is unset. */
    Map<String, GoValue> members() {
        return members;
    }

    /** A boolean, false where unset. */
    boolean flag() {
        return node != null && node.booleanValue();
    }

    /** An integer of at most 64 bits with sign, 0 where unset. */
    long number() {
        return node == null ? 0 : node.longValue();
    }

    /** A text as written, empty where unset. */
    String text() {
        return node == null ? "" : node.stringValue();
    }

    /** The value as the body spells it, null where unset. */
    @Nullable JsonNode node() {
        return node;
    }
}
