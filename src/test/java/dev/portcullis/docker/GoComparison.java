package dev.portcullis.docker;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/**
 * Compares what was decoded with what Go wrote after decoding the same. Go leaves out some fields that are empty, so a field
 * that is not there must be empty; one that is there must be equal, null and empty lists and maps told apart.
 */
final class GoComparison {
    private GoComparison() {}

    static void assertSame(GoType type, GoValue ours, JsonNode go) {
        switch (type) {
            case GoType.Pointer pointer -> {
                assertThat(ours.isSet()).as("set, at " + ours.path()).isEqualTo(!go.isNull());
                if (ours.isSet()) {
                    assertSame(pointer.target(), ours, go);
                }
            }
            case GoType.Flag flag ->
                assertThat(ours.flag()).as("at " + ours.path()).isEqualTo(go.booleanValue());
            case GoType.Whole whole -> {
                JsonNode node = ours.node();
                assertThat(node == null ? "0" : node.bigIntegerValue().toString())
                        .as("at " + ours.path())
                        .isEqualTo(go.toString());
            }
            case GoType.Text text ->
                assertThat(text.form().canonical(ours.text()))
                        .as("at " + ours.path())
                        .isEqualTo(go.stringValue());
            case GoType.Slice slice -> assertSameList(ours, slice.element(), go);
            case GoType.Array array -> {
                assertThat(go.size()).isEqualTo(array.length());
                for (int i = 0; i < array.length(); i++) {
                    GoValue element = i < ours.elements().size()
                            ? ours.elements().get(i)
                            : GoValue.unset(array.element(), ours.path().index(i));
                    assertSame(array.element(), element, go.get(i));
                }
            }
            case GoType.Mapping mapping -> assertSameMap(ours, mapping, go);
            case GoType.Struct struct -> assertSameStruct(ours, struct, go);
        }
    }

    private static void assertSameList(GoValue ours, GoType element, JsonNode go) {
        assertThat(ours.isSet()).as("set, at " + ours.path()).isEqualTo(!go.isNull());
        assertThat(ours.elements()).as("at " + ours.path()).hasSize(go.size());
        for (int i = 0; i < go.size(); i++) {
            assertSame(element, ours.elements().get(i), go.get(i));
        }
    }

    private static void assertSameMap(GoValue ours, GoType.Mapping mapping, JsonNode go) {
        assertThat(ours.isSet()).as("set, at " + ours.path()).isEqualTo(!go.isNull());
        assertThat(ours.members().keySet())
                .as("at " + ours.path())
                .containsExactlyInAnyOrderElementsOf(go.propertyNames());
        ours.members().forEach((key, value) -> assertSame(mapping.element(), value, go.get(key)));
    }

    private static void assertSameStruct(GoValue ours, GoType.Struct struct, JsonNode go) {
        assertThat(struct.fields()).extracting(GoType.Field::name).containsAll(go.propertyNames());
        for (GoType.Field field : struct.fields()) {
            GoValue value = ours.field(field.name());
            if (go.has(field.name())) {
                assertSame(field.type(), value, go.get(field.name()));
            } else {
                assertThat(isEmpty(field.type(), value))
                        .as("empty, at " + value.path())
                        .isTrue();
            }
        }
    }

    private static boolean isEmpty(GoType type, GoValue value) {
        return switch (type) {
            case GoType.Pointer pointer -> !value.isSet();
            case GoType.Flag flag -> !value.flag();
            case GoType.Whole whole -> value.number() == 0;
            case GoType.Text text -> value.text().isEmpty();
            case GoType.Slice slice -> value.elements().isEmpty();
            case GoType.Mapping mapping -> value.members().isEmpty();
            case GoType.Array array -> !value.isSet();
            case GoType.Struct struct -> !value.isSet();
        };
    }
}
