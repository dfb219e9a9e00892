package dev.portcullis.docker;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type of the engine's Go code, as far as {@code encoding/json} decodes into it. */
sealed interface GoType {
    /** {@code bool}. */
    record Flag() implements GoType {}

    /** {@code string}, or a type that is made from text. */
    record Text(GoText form) implements GoType {}

    /** An integer type; fractions and exponents are errors even where they are whole. */
    record Whole(BigInteger least, BigInteger most) implements GoType {
        static Whole signed(int bits) {
            BigInteger end = BigInteger.ONE.shiftLeft(bits - 1);
            return new Whole(end.negate(), end.subtract(BigInteger.ONE));
        }

        static Whole unsigned(int bits) {
            return new Whole(BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
        }
    }

    /** {@code *target}: null stays apart from the zero value. */
    record Pointer(GoType target) implements GoType {}

    /** {@code []element}: null stays apart from empty. */
    record Slice(GoType element) implements GoType {}

    /** {@code [length]element}: a shorter list is filled with zero values, the rest of a longer one is not even looked at. */
    record Array(GoType element, int length) implements GoType {}

    /** {@code map[key]element}: keys match exactly, after the key's own form. */
    record Mapping(GoText key, GoType element) implements GoType {}

    /** A struct: keys match its fields by {@link GoNames folded name}; keys of no field are ignored. */
    final class Struct implements GoType {
        private final List<Field> fields;
        private final Map<String, Integer> byName = new HashMap<>();
        private final Map<String, Integer> byFoldedName = new HashMap<>();

        private Struct(List<Field> fields) {
            this.fields = List.copyOf(fields);
            for (int i = 0; i < fields.size(); i++) {
                byName.put(fields.get(i).name(), i);
                if (byFoldedName.put(GoNames.fold(fields.get(i).name()), i) != null) {
                    throw new IllegalArgumentException(fields.get(i).name() + " twice");
                }
            }
        }

        static Struct empty() {
            return new Struct(List.of());
        }

        /** This struct with more fields of one type. */
        Struct with(GoType type, String... names) {
            List<Field> all = new ArrayList<>(fields);
            for (String name : names) {
                all.add(new Field(name, type));
            }
            return new Struct(all);
        }

        /** This struct with the fields of another, which Go promotes. */
        Struct embedding(Struct other) {
            List<Field> all = new ArrayList<>(fields);
            all.addAll(other.fields);
            return new Struct(all);
        }

        List<Field> fields() {
            return fields;
        }

        /** The place of a field by its exact name, for those who know the struct. */
        int indexOf(String name) {
            Integer index = byName.get(name);
            if (index == null) {
                throw new IllegalArgumentException("no field " + name);
            }
            return index;
        }

        /** The place of the field that a key of a document means, null where it means none. */
        @Nullable Integer match(String key) {
            Integer exact = byName.get(key);
            return exact != null ? exact : byFoldedName.get(GoNames.fold(key));
        }
    }

    /**
     * A field of a struct.
     *
     * @param name its name in JSON
     */
    record Field(String name, GoType type) {}
}
