package dev.portcullis.resource;

import dev.portcullis.check.Words;
import dev.portcullis.document.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code metadata}, and sees to it that no two resources of one kind and reading have the same name. */
final class ResourceNames {
    private static final List<String> OF_CLUSTER = List.of("name", "labels", "annotations");
    private static final List<String> OF_NAMESPACE = List.of("name", "namespace", "labels", "annotations");

    private final String noun;
    private final boolean namespaced;
    private final Map<Name, String> placeByName = new HashMap<>();

    /**
     * A name.
     *
     * @param namespace empty where the kind has none
     */
    record Name(String namespace, String name) {}

    /**
     * Names of one kind.
     *
     * @param noun what people call it
     * @param namespaced whether each is in a namespace, which must be named
     */
    ResourceNames(String noun, boolean namespaced) {
        this.noun = noun;
        this.namespaced = namespaced;
    }

    /** The resource's name; null when it has none that can be used, which is told. */
    @Nullable Name read(Field root) {
        Field metadata = root.required("metadata", "write metadata: {name: default}, or another name");
        if (metadata == null || !metadata.isObject()) {
            return null;
        }
        metadata.allowMembers("metadata", namespaced ? OF_NAMESPACE : OF_CLUSTER, List.of());
        Field field = metadata.required("name", "name the " + noun);
        String name = field == null ? null : name(field);
        String namespace = namespaced ? namespace(metadata) : "";
        if (field == null || name == null || namespace == null) {
            return null;
        }
        Name whole = new Name(namespace, name);
        requireFirst(whole, field);
        return whole;
    }

    private static @Nullable String name(Field field) {
        String name = field.text();
        if (name != null && !DnsName.isSubdomain(name)) {
            field.refuse(Words.value(name) + " is no name: use at most 253 lower-case letters, digits, - and ., with a"
                    + " letter or digit at both ends");
            return null;
        }
        return name;
    }

    private @Nullable String namespace(Field metadata) {
        Field field = metadata.required("namespace", "name one that a policy lists under exemptionNamespaces");
        return field == null ? null : NamespaceName.read(field);
    }

    private void requireFirst(Name name, Field field) {
        Position position = field.position();
        String place = field.source() + (position == null ? "" : ":" + position.line() + ":" + position.column());
        String first = placeByName.putIfAbsent(name, place);
        if (first != null) {
            field.refuse("the " + noun + " at " + first + " is named " + Words.value(name.name())
                    + " too: rename one of them");
        }
    }
}
