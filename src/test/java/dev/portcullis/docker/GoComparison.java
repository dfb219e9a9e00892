package dev.portcullis.docker;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares what was decoded with what Go wrote after decoding the same. Go leaves out some fields that are empty, so a field
 * that is not there must be empty; one that is there must be equal, null and empty lists and maps told apart.
 */
final class GoComparison {
    private GoComparison() {}

    /**
     * Compares a value and all that it holds.
     *
     * @throws AssertionError naming the first place where the two differ
     */
    static void assertSame(GoType type, GoValue ours, JsonNode go) {
        switch (type) {
            case GoType.Pointer pointer -> {
                requireSame(ours, "set", ours.isSet(), !go.isNull());
                if (ours.isSet()) {
                    assertSame(pointer.target(), ours, go);
                }
            }
            case GoType.Flag flag -> requireSame(ours, "value", ours.flag(), go.booleanValue());
            case GoType.Whole whole -> {
                JsonNode node = ours.node();
                requireSame(
                        ours,
                        "value",
                        node == null ? "0" : node.bigIntegerValue().toString(),
                        go.toString());
            }
            case GoType.Text text -> requireSame(ours, "value", text.form().canonical(ours.text()), go.stringValue());
            case GoType.Slice slice -> {
                requireSame(ours, "set", ours.isSet(), !go.isNull());
                requireSame(ours, "size", ours.elements().size(), go.size());
                for (int i = 0; i < go.size(); i++) {
                    assertSame(slice.element(), ours.elements().get(i), go.get(i));
                }
            }
            case GoType.Array array -> {
                requireSame(ours, "size", array.length(), go.size());
                for (int i = 0; i < array.length(); i++) {
                    GoValue element = i < ours.elements().size()
                            ? ours.elements().get(i)
                            : GoValue.unset(array.element(), ours.path().index(i));
                    assertSame(array.element(), element, go.get(i));
                }
            }
            case GoType.Mapping mapping -> {
                requireSame(ours, "set", ours.isSet(), !go.isNull());
                requireSame(ours, "keys", ours.members().keySet(), Set.copyOf(go.propertyNames()));
                ours.members().forEach((key, value) -> assertSame(mapping.element(), value, go.get(key)));
            }
            case GoType.Struct struct -> assertSameStruct(ours, struct, go);
        }
    }

    private static void assertSameStruct(GoValue ours, GoType.Struct struct, JsonNode go) {
        Set<String> unknown = new HashSet<>(go.propertyNames());
        for (GoType.Field field : struct.fields()) {
            GoValue value = ours.field(field.name());
            if (unknown.remove(field.name())) {
                assertSame(field.type(), value, go.get(field.name()));
            } else {
                requireSame(value, "empty", isEmpty(field.type(), value), true);
            }
        }
        requireSame(ours, "unknown fields", Set.of(), unknown);
    }

    private static boolean isEmpty(GoType type, GoValue value) {
        return switch (type) {
            case GoType.Flag flag -> !value.flag();
            case GoType.Whole whole -> value.number() == 0;
            case GoType.Text text -> value.text().isEmpty();
            case GoType.Slice slice -> value.elements().isEmpty();
            case GoType.Mapping mapping -> value.members().isEmpty();
            case GoType.Pointer pointer -> !value.isSet();
            case GoType.Array array -> !value.isSet();
            case GoType.Struct struct -> !value.isSet();
        };
    }

    private static void requireSame(GoValue at, String what, @Nullable Object ours, @Nullable Object go) {
        if (!Objects.equals(ours, go)) {
            throw new AssertionError(what + " at " + at.path() + ": " + ours + ", but in Go " + go);
        }
    }
}
