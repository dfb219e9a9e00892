package dev.portcullis.cel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplate;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what {@link Schema} reads, from the client's classes of pods and of what makes pods. */
final class SchemaGenerator {
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            CronJob.class,
            DaemonSet.class,
            Deployment.class,
            Job.class,
            Pod.class,
            PodTemplate.class,
            ReplicaSet.class,
            ReplicationController.class,
            StatefulSet.class);

    private static final Set<Class<?>> OPEN = Set.of(IntOrString.class, Quantity.class, Object.class);

    private final Map<String, Map<String, String>> types = new TreeMap<>();

    private SchemaGenerator() {}

    static String schema() {
        SchemaGenerator generator = new SchemaGenerator();
        String kinds = KINDS.stream()
                .map(kind -> "    \"%s\": \"%s\"".formatted(kind.getSimpleName(), generator.named(kind)))
                .collect(Collectors.joining(",\n"));
        String types = generator.types.entrySet().stream()
                .map(type -> "    \"%s\": {%s}".formatted(type.getKey(), fields(type.getValue())))
                .collect(Collectors.joining(",\n"));
        return "{\n  \"kinds\": {\n" + kinds + "\n  },\n  \"types\": {\n" + types + "\n  }\n}\n";
    }

    private static String fields(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"%s\": \"%s\"".formatted(field.getKey(), field.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String notation(Type type) {
        return switch (type) {
            case ParameterizedType generic
            when generic.getRawType() == List.class -> "[" + notation(generic.getActualTypeArguments()[0]) + "]";
            case ParameterizedType generic
            when generic.getRawType() == Map.class -> "{" + notation(generic.getActualTypeArguments()[1]) + "}";
            case Class<?> plain when plain == String.class -> "string";
            case Class<?> plain when plain == Boolean.class -> "bool";
            case Class<?> plain when plain == Integer.class || plain == Long.class -> "int";
            case Class<?> plain when plain == Double.class -> "double";
            case Class<?> plain when OPEN.contains(plain) -> "dyn";
            case Class<?> plain -> named(plain);
            default -> throw new IllegalStateException("no notation for " + type);
        };
    }

    private String named(Class<?> type) {
        String name = type.getSimpleName();
        if (!types.containsKey(name)) {
            Map<String, String> fields = new TreeMap<>();
            types.put(name, fields);
            for (Field field : type.getDeclaredFields()) {
                JsonProperty property = field.getAnnotation(JsonProperty.class);
                if (property != null) {
                    fields.put(property.value(), notation(field.getGenericType()));
                }
            }
        }
        return name;
    }
}
