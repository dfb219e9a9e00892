package dev.portcullis.catalogue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where else in a pod a container may stand. */
enum Placement {
    INIT("initContainers"),
    SIDECAR("initContainers"),
    EPHEMERAL("ephemeralContainers");

    static final String FROM = "spec.containers[0]";

    /** The image of the clean container, of which nothing is ever known. */
    static final String CLEAN_IMAGE = "registry.example/shop/clean:1@sha256:" + "0".repeat(64);

    private final String list;

    Placement(String list) {
        this.list = list;
    }

    private List<String> illegalFields() {
        return switch (this) {
            case INIT -> List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle");
            case SIDECAR -> List.of();
            case EPHEMERAL ->
                List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "ports", "resources");
        };
    }

    /** The field path of a container there. */
    String path() {
        return "spec." + list + "[0]";
    }

    /**
     * The pod with its only container here and a clean one in its place. A field that is not legal here is left out where it
     * is the base's; where a fixture is about such a field, or has more containers than one, there is no such pod.
     */
    Optional<ObjectNode> move(ObjectNode pod, ObjectNode base) {
        ObjectNode moved = pod.deepCopy();
        ObjectNode spec = (ObjectNode) moved.get("spec");
        ArrayNode containers = (ArrayNode) spec.get("containers");
        ObjectNode container = (ObjectNode) containers.get(0);
        JsonNode clean = base.at("/spec/containers/0");
        if (containers.size() > 1 || spec.has("initContainers") || spec.has("ephemeralContainers")) {
            return Optional.empty();
        }
        for (String field : illegalFields()) {
            if (!Objects.equals(container.get(field), clean.get(field))) {
                return Optional.empty();
            }
            container.remove(field);
        }
        if (this == SIDECAR) {
            container.put("restartPolicy", "Always");
        }
        containers.set(0, ((ObjectNode) clean.deepCopy()).put("name", "clean").put("image", CLEAN_IMAGE));
        spec.putArray(list).add(container);
        return Optional.of(moved);
    }
}
