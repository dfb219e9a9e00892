package dev.portcullis.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What fields the objects of Kubernetes have: names and types, of pods and what makes them. */
final class Schema {
    private static final Schema BUNDLED = read();

    private final Map<String, String> kinds = new TreeMap<>();
    private final ImmutableMap<String, CelType> types;
    private final ImmutableSet<String> fieldNames;

    private Schema(List<JsonNode> files) {
        ImmutableMap.Builder<String, CelType> read = ImmutableMap.builder();
        read.put(SimpleType.DURATION.name(), SimpleType.DURATION);
        read.put(SimpleType.TIMESTAMP.name(), SimpleType.TIMESTAMP);
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        for (JsonNode file : files) {
            file.path("kinds").forEachEntry((kind, type) -> kinds.put(kind, type.stringValue()));
            file.path("types").forEachEntry((name, fields) -> {
                StructType type = struct(name, fields);
                names.addAll(type.fieldNames());
                read.put(name, type);
            });
        }
        types = read.buildOrThrow();
        fieldNames = names.build();
    }

    static Schema bundled() {
        return BUNDLED;
    }

    /** What Kubernetes has, and what rules see beside it. */
    private static Schema read() {
        return new Schema(List.of(read("pod.schema.json"), read("rule.schema.json")));
    }

    private static JsonNode read(String name) {
        try (InputStream file = Schema.class.getResourceAsStream(name)) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StructType struct(String name, JsonNode fields) {
        ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
        fields.forEachEntry((field, type) -> types.put(field, celType(type.stringValue())));
        ImmutableMap<String, CelType> known = types.buildOrThrow();
        return StructType.create(name, known.keySet(), field -> Optional.ofNullable(known.get(field)));
    }

    static CelType celType(String notation) {
        String inner = notation.substring(1, Math.max(1, notation.length() - 1));
        return switch (notation) {
            case "dyn" -> SimpleType.DYN;
            case "string" -> SimpleType.STRING;
            case "int" -> SimpleType.INT;
            case "double" -> SimpleType.DOUBLE;
            case "bool" -> SimpleType.BOOL;
            case String _ when notation.startsWith("[") -> ListType.create(celType(inner));
            case String _ when notation.startsWith("{") -> MapType.create(SimpleType.STRING, celType(inner));
            default -> StructTypeReference.create(notation);
        };
    }

    /** The type of a kind such as {@code Pod}; any value where the kind is none of those that make pods. */
    Type ofKind(String kind) {
        return new Type(kinds.getOrDefault(kind, "dyn"));
    }

    /** The type of a field of an object, null where the object has none of this name. */
    @Nullable CelType field(CelType owner, String name) {
        return types.get(owner.name()) instanceof StructType struct
                ? struct.findField(name).map(StructType.Field::type).orElse(null)
                : null;
    }

    /** The object that a kind is, as a type. */
    CelType objectOf(String kind) {
        return celType(ofKind(kind).notation());
    }

    Set<String> kinds() {
        return kinds.keySet();
    }

    /** Whether a type has to do with an object of the schema, which is known to the compiler alone. */
    boolean names(Type type) {
        return types.containsKey(type.notation().replaceAll("[\\[\\]{}]", ""));
    }

    /** Another field's name that was probably meant. */
    Optional<String> nearest(String name) {
        Map<Integer, Set<String>> byDistance = fieldNames.stream()
                .collect(Collectors.groupingBy(field -> distance(field, name), TreeMap::new, Collectors.toSet()));
        for (int allowed = 1; allowed <= Math.min(2, name.length() / 3); allowed++) {
            Set<String> close = byDistance.getOrDefault(allowed, Set.of());
            if (!close.isEmpty()) {
                return close.stream().min(String::compareTo);
            }
        }
        return Optional.empty();
    }

    /** Letters to add, drop or replace. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[previous.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[other.length()];
    }

    @SuppressWarnings("Immutable") // the schema is read once
    CelTypeProvider typeProvider() {
        ImmutableMap<String, CelType> known = types;
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return known.values();
            }

            @Override
            public Optional<CelType> findType(String name) {
                @Nullable CelType type = known.get(name);
                return Optional.ofNullable(type);
            }
        };
    }
}
