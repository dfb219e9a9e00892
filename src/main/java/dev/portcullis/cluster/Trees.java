package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects as trees, with no more of them than is needed: what is kept is kept for every object of a cluster. */
final class Trees {
    private Trees() {}

    /**
     * An object with some of its members.
     *
     * @param kind what it is, which the items of a list do not say
     * @param members the paths of those that are kept beside what identifies it
     */
    static ObjectNode of(GenericKubernetesResource object, Kind kind, List<String> members) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", kind.apiVersion())
                .put("kind", kind.id());
        ObjectMeta metadata = object.getMetadata();
        ObjectNode identity = tree.putObject("metadata");
        put(identity, "name", metadata.getName());
        put(identity, "namespace", metadata.getNamespace());
        put(identity, "uid", metadata.getUid());
        put(identity, "resourceVersion", metadata.getResourceVersion());
        if (metadata.getGeneration() != null) {
            identity.put("generation", metadata.getGeneration());
        }
        JsonNode body = JsonMapper.shared().valueToTree(object.getAdditionalProperties());
        members.forEach(member -> copy(body, tree, member));
        return tree;
    }

    /** Adds the labels and annotations. */
    static ObjectNode withLabels(ObjectNode tree, ObjectMeta metadata) {
        ObjectNode identity = tree.withObject("metadata");
        putAll(identity, "labels", metadata.getLabels());
        putAll(identity, "annotations", metadata.getAnnotations());
        return tree;
    }

    /** Adds the controller to which it says that it belongs. */
    static ObjectNode withOwners(ObjectNode tree, ObjectMeta metadata) {
        List<OwnerReference> owners = metadata.getOwnerReferences() == null ? List.of() : metadata.getOwnerReferences();
        for (OwnerReference owner : owners) {
            if (Boolean.TRUE.equals(owner.getController())) {
                ObjectNode reference =
                        tree.withObject("metadata").withArray("ownerReferences").addObject();
                put(reference, "apiVersion", owner.getApiVersion());
                put(reference, "kind", owner.getKind());
                put(reference, "name", owner.getName());
                put(reference, "uid", owner.getUid());
                reference.put("controller", true);
            }
        }
        return tree;
    }

    /** What scans look at of an object as an API server writes it. */
    static ObjectNode live(ObjectNode object, Kind kind) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", kind.apiVersion())
                .put("kind", kind.id());
        JsonNode metadata = object.path("metadata");
        ObjectNode identity = tree.putObject("metadata");
        for (String member : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp", "labels")) {
            copy(metadata, identity, member);
        }
        if (kind.hasAnnotations()) {
            copy(metadata, identity, "annotations");
        }
        for (JsonNode owner : metadata.path("ownerReferences")) {
            if (!kind.holdsPods() || owner.path("controller").booleanValue(false)) {
                identity.withArray("ownerReferences").add(owner);
            }
        }
        kind.scanned().forEach(member -> copy(object, tree, member));
        return tree;
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void putAll(ObjectNode node, String name, @Nullable Map<String, String> values) {
        if (values != null && !values.isEmpty()) {
            ObjectNode object = node.putObject(name);
            values.forEach(object::put);
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String path) {
        int slash = path.indexOf('/');
        String member = slash < 0 ? path : path.substring(0, slash);
        JsonNode value = from.get(member);
        if (value == null) {
            return;
        }
        if (slash < 0) {
            to.set(member, value);
        } else {
            copy(value, to.withObject(member), path.substring(slash + 1));
        }
    }
}
