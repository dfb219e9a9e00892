package dev.portcullis.docker.compose;

import dev.portcullis.workload.FieldPath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A value of a compose file after variables and merges, and where it stands. One that no text says has the path where it
 * would go.
 */
public final class Value {
    /** What a value is. */
    public enum Kind {
        /** Not said, or null. */
        NOTHING,
        /** A text, number or boolean. */
        SCALAR,
        /** A list. */
        LIST,
        /** A mapping. */
        MAPPING,
        /** Said, but in words whose meaning is not known here. */
        UNKNOWN
    }

    private final FieldPath path;
    private final Kind kind;
    private final @Nullable JsonNode scalar;
    private final String written;
    private final List<Value> elements;
    private final Map<String, Value> members;
    private final @Nullable String why;
    private final @Nullable String tag;

    private Value(
            FieldPath path,
            Kind kind,
            @Nullable JsonNode scalar,
            String written,
            List<Value> elements,
            Map<String, Value> members,
            @Nullable String why,
            @Nullable String tag) {
        this.path = path;
        this.kind = kind;
        this.scalar = scalar;
        this.written = written;
        this.elements = elements;
        this.members = members;
        this.why = why;
        this.tag = tag;
    }

    /** A place where nothing is said. */
    public static Value nothing(FieldPath path) {
        return new Value(path, Kind.NOTHING, null, "", List.of(), Map.of(), null, null);
    }

    static Value scalar(FieldPath path, JsonNode scalar, String written) {
        return new Value(path, Kind.SCALAR, scalar, written, List.of(), Map.of(), null, null);
    }

    /** A text that a place says or means. */
    public static Value text(FieldPath path, String text) {
        return scalar(path, JsonNodeFactory.instance.stringNode(text), text);
    }

    /** A list of values. */
    public static Value list(FieldPath path, List<Value> elements) {
        return new Value(path, Kind.LIST, null, "", elements, Map.of(), null, null);
    }

    /** @param open why there may be members beyond these, null where there are none */
    static Value mapping(FieldPath path, Map<String, Value> members, @Nullable String open) {
        return new Value(path, Kind.MAPPING, null, "", List.of(), members, open, null);
    }

    /** A place whose meaning is not known. */
    public static Value unknown(FieldPath path, String why) {
        return new Value(path, Kind.UNKNOWN, null, "", List.of(), Map.of(), why, null);
    }

    /** The same value with a tag of Docker Compose's own. */
    Value tagged(@Nullable String name) {
        return new Value(path, kind, scalar, written, elements, members, why, name);
    }

    /** The same value said to stand elsewhere. */
    Value at(FieldPath place) {
        return new Value(place, kind, scalar, written, elements, members, why, tag);
    }

    /** The same words, with a meaning that depends on where they are said. */
    Value meaning(String text) {
        return scalar(path, JsonNodeFactory.instance.stringNode(text), written).tagged(tag);
    }

    /** How many values it consists of, itself included. */
    public long size() {
        long size = 1;
        for (Value element : elements) {
            size += element.size();
        }
        for (Value member : members.values()) {
            size += member.size();
        }
        return size;
    }

    boolean isReset() {
        return "!reset".equals(tag);
    }

    boolean isOverride() {
        return "!override".equals(tag);
    }

    /** Where it stands, or would go. */
    public FieldPath path() {
        return path;
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether it is of that kind. */
    public boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** Why it, or a part of it, is not known; null where all of it is. */
    public @Nullable String unknown() {
        if (why != null) {
            return why;
        }
        for (Value element : elements) {
            String unknown = element.unknown();
            if (unknown != null) {
                return unknown;
            }
        }
        for (Value member : members.values()) {
            String unknown = member.unknown();
            if (unknown != null) {
                return unknown;
            }
        }
        return null;
    }

    /** A scalar's JSON value. */
    public JsonNode node() {
        return scalar == null ? JsonNodeFactory.instance.nullNode() : scalar;
    }

    /** A scalar as text, empty for anything else. */
    public String text() {
        return scalar == null ? "" : scalar.isString() ? scalar.stringValue() : scalar.toString();
    }

    /** A scalar's text before variables were put in. */
    public String written() {
        return written;
    }

    /** A list's elements. */
    public List<Value> elements() {
        return elements;
    }

    /** A mapping's members in their order. */
    public Map<String, Value> members() {
        return members;
    }

    /** A mapping's member; nothing where it has none, unknown where that cannot be told. */
    public Value member(String name) {
        Value member = members.get(name);
        if (member != null) {
            return member;
        }
        return why == null ? nothing(path.child(name)) : unknown(path.child(name), why);
    }

    /** A member that may be written as a list of {@code key=value}, as the mapping it means. */
    public Value keyed(String name) {
        return Merge.keyed(member(name));
    }

    /** The member of members. */
    public Value at(String... names) {
        Value value = this;
        for (String name : names) {
            value = value.member(name);
        }
        return value;
    }

    /** The same mapping without some of its members. */
    Value without(String name) {
        Map<String, Value> rest = new LinkedHashMap<>(members);
        rest.remove(name);
        return new Value(path, kind, scalar, written, elements, rest, why, tag);
    }

    /** A mapping of one of its members alone. */
    Value only(String name) {
        return mapping(path, members.containsKey(name) ? Map.of(name, member(name)) : Map.of(), why);
    }

    /** Why a mapping may have members beyond those it shows. */
    public @Nullable String open() {
        return why;
    }

    /** What it says, wherever it stands: equal for two that say the same, and to nothing else where it is not known. */
    Object said() {
        return switch (kind) {
            case NOTHING -> Kind.NOTHING;
            case SCALAR -> node();
            case LIST -> elements.stream().map(Value::said).toList();
            case MAPPING -> {
                Map<String, Object> said = new HashMap<>();
                members.forEach((name, member) -> said.put(name, member.said()));
                yield why == null ? said : new Object();
            }
            case UNKNOWN -> new Object();
        };
    }
}
