package dev.portcullis.resource;

import dev.portcullis.check.Words;
import dev.portcullis.document.Document;
import dev.portcullis.document.Position;
import dev.portcullis.document.Positions;
import dev.portcullis.workload.FieldPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A value of a policy's document. Asked for a type it does not have, it tells the problem and answers null. */
final class Field {
    private static final String OFF = "off";

    private final JsonNode node;
    private final FieldPath path;
    private final String source;
    private final Positions positions;
    private final Problems problems;

    private Field(JsonNode node, FieldPath path, String source, Positions positions, Problems problems) {
        this.node = node;
        this.path = path;
        this.source = source;
        this.positions = positions;
        this.problems = problems;
    }

    /** A document's root. */
    static Field root(Document document, String source, Problems problems) {
        return new Field(document.root(), FieldPath.ROOT, source, document.positions(), problems);
    }

    /** What is written, whatever it is. */
    JsonNode node() {
        return node;
    }

    String source() {
        return source;
    }

    @Nullable Position position() {
        return positions.of(path.pointer());
    }

    /** Tells a problem of this value, where it stands. */
    void refuse(String problem) {
        tell(position(), problem);
    }

    /** Tells a problem of this member's being there at all, where its key stands. */
    void refuseMember(String problem) {
        tell(positions.ofKey(path.pointer()), problem);
    }

    /** Tells a problem of something below this value, where it stands, or else where this value does. */
    void refuseBelow(String pointer, String problem) {
        Field below = this;
        for (String token :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            JsonNode member = below.node.isArray() ? below.node.get(Integer.parseInt(token)) : below.node.get(token);
            if (member == null) {
                break;
            }
            FieldPath where =
                    below.node.isArray() ? below.path.index(Integer.parseInt(token)) : below.path.child(token);
            below = at(member, where);
        }
        below.refuse(problem);
    }

    /** The value as it was read. */
    JsonNode raw() {
        return node;
    }

    /** An object without members. */
    static JsonNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void tell(@Nullable Position position, String problem) {
        String field = path.field();
        problems.add(source, position, field.isEmpty() ? problem : field + ": " + problem);
    }

    /** The member of this name, null where there is none. */
    @Nullable Field member(String name) {
        JsonNode member = node.get(name);
        return member == null ? null : at(member, path.child(name));
    }

    /** The member of this name, which must be there. */
    @Nullable Field required(String name, String remedy) {
        Field member = member(name);
        if (member == null) {
            refuse(name + " is missing: " + remedy);
        }
        return member;
    }

    /** The names of an object's members. */
    Collection<String> names() {
        return node.propertyNames();
    }

    boolean isObject() {
        if (!node.isObject()) {
            refuseType("an object");
        }
        return node.isObject();
    }

    /** Whether it is a list of nothing; asking tells no problem. */
    boolean isEmptyList() {
        return node.isArray() && node.isEmpty();
    }

    /** The elements of a list; none where it is no list. */
    List<Field> elements() {
        if (!node.isArray()) {
            refuseType("a list");
            return List.of();
        }
        List<Field> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(at(node.get(i), path.index(i)));
        }
        return elements;
    }

    /** The text it is, null where it is none; asking tells no problem. */
    @Nullable String asText() {
        return node.isString() ? node.stringValue() : null;
    }

    @Nullable String text() {
        if (!node.isString()) {
            refuseType("text", node.isBoolean() || node.isNumber() ? ": put it in quotes" : "");
        }
        return asText();
    }

    /** What one of several words stands for. */
    <T> @Nullable T choice(Map<String, T> words) {
        String written = asText();
        T chosen = written == null ? null : words.get(written);
        if (written == null) {
            boolean bareOff = words.containsKey(OFF) && node.isBoolean() && !node.booleanValue();
            String remedy = bareOff ? ", as YAML reads a bare off: put it in quotes" : "";
            refuseType("one of " + String.join(", ", words.keySet()), remedy);
        } else if (chosen == null) {
            refuse(Words.value(written) + " is not known; "
                    + hint(written, words.keySet(), "use one of " + String.join(", ", words.keySet())));
        }
        return chosen;
    }

    @Nullable Boolean bool() {
        if (!node.isBoolean()) {
            refuseType("true or false");
            return null;
        }
        return node.booleanValue();
    }

    /** Whether it is a boolean; asking tells no problem. */
    boolean holdsBoolean() {
        return node.isBoolean();
    }

    @Nullable Long wholeNumber() {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            refuseType("a whole number");
            return null;
        }
        return node.longValue();
    }

    /** Refuses members that are none of these. */
    void allowMembers(String owner, Collection<String> known, Collection<String> notYet) {
        for (String name : names()) {
            Field member = member(name);
            if (member == null || known.contains(name)) {
                continue;
            }
            if (notYet.contains(name)) {
                member.refuseMember("not supported by this version: remove it");
            } else {
                member.refuseMember(
                        "there is no such field; " + hint(name, known, owner + " has " + String.join(", ", known)));
            }
        }
    }

    /** Which of the known names was meant, or else what to do. */
    static String hint(String written, Collection<String> known, String otherwise) {
        return Spelling.nearest(written, known)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse(otherwise);
    }

    /** Tells that the value should have another type. */
    void refuseType(String wanted) {
        refuseType(wanted, "");
    }

    private void refuseType(String wanted, String remedy) {
        refuse("must be " + wanted + ", but is " + described() + remedy);
    }

    private String described() {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case NULL -> "empty: give it a value";
            default -> node.isString() ? Words.value(node.stringValue()) : node.toString();
        };
    }

    private Field at(JsonNode child, FieldPath where) {
        return new Field(child, where, source, positions, problems);
    }
}
