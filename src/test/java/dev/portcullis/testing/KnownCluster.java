package dev.portcullis.testing;

import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.OwnerReference;
import dev.portcullis.policy.Namespace;
import dev.portcullis.policy.NamespaceKnowledge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a test says a cluster has. */
public final class KnownCluster implements ClusterKnowledge {
    private final Map<String, Namespace> namespaces = new HashMap<>();
    private final List<JsonNode> controllers = new ArrayList<>();
    private final List<String> askedFor = new ArrayList<>();

    /** With a namespace. */
    public KnownCluster with(String namespace, Map<String, String> labels) {
        namespaces.put(namespace, new Namespace(namespace, labels, Map.of(), "uid-of-" + namespace));
        return this;
    }

    /** With a controller, whose metadata has namespace, name and uid. */
    public KnownCluster with(JsonNode controller) {
        controllers.add(controller);
        return this;
    }

    /** The namespaces that were asked for, each time. */
    public List<String> askedFor() {
        return askedFor;
    }

    @Override
    public NamespaceKnowledge namespace(String name) {
        askedFor.add(name);
        Namespace known = namespaces.get(name);
        return known == null
                ? new NamespaceKnowledge.Unavailable("could not be looked up")
                : new NamespaceKnowledge.Known(known);
    }

    @Override
    public Optional<JsonNode> controller(String namespace, OwnerReference reference) {
        return controllers.stream()
                .filter(controller -> text(controller, "kind").equals(reference.kind()))
                .filter(controller ->
                        text(controller.path("metadata"), "namespace").equals(namespace))
                .filter(controller -> text(controller.path("metadata"), "name").equals(reference.name()))
                .filter(controller -> text(controller.path("metadata"), "uid").equals(reference.uid()))
                .findFirst();
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).stringValue("");
    }
}
