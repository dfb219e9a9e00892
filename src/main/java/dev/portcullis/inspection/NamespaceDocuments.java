package dev.portcullis.inspection;

import dev.portcullis.document.Yaml;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.OwnerReference;
import dev.portcullis.policy.Namespace;
import dev.portcullis.policy.NamespaceKnowledge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Namespaces that documents describe; what they do not describe is known as well as it was without them. */
public final class NamespaceDocuments implements ClusterKnowledge {
    private static final int MOST = 10_000;

    /** What an API server gives every namespace, whatever its author writes. */
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final Map<String, Namespace> described = new TreeMap<>();
    private final ClusterKnowledge others;

    /** None yet. */
    public NamespaceDocuments(ClusterKnowledge others) {
        this.others = others;
    }

    /** Learns those of some documents. */
    public void learn(List<Yaml.Result> documents) {
        for (Yaml.Result document : documents) {
            if (document instanceof Yaml.Read read) {
                learn(read.document().root());
            }
        }
    }

    private void learn(JsonNode object) {
        String kind = object.path("kind").stringValue("");
        if (kind.equals("List")) {
            object.path("items").forEach(this::learn);
        } else if (kind.equals("NamespaceList")) {
            object.path("items").forEach(this::describe);
        } else if (isNamespace(object, kind)) {
            describe(object);
        }
    }

    private void describe(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").stringValue("");
        if (!name.isEmpty() && (described.containsKey(name) || described.size() < MOST)) {
            Map<String, String> labels = texts(metadata.path("labels"));
            labels.put(NAME_LABEL, name);
            described.put(name, new Namespace(name, labels, texts(metadata.path("annotations")), null));
        }
    }

    private static boolean isNamespace(JsonNode object, String kind) {
        return kind.equals("Namespace")
                && object.path("apiVersion").stringValue("").equals("v1");
    }

    private static Map<String, String> texts(JsonNode members) {
        Map<String, String> texts = new HashMap<>();
        members.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        return texts;
    }

    /** Those that were described, in the order of their names. */
    public List<Namespace> described() {
        return List.copyOf(described.values());
    }

    @Override
    public NamespaceKnowledge namespace(String name) {
        Namespace known = described.get(name);
        return known == null ? others.namespace(name) : new NamespaceKnowledge.Known(known);
    }

    @Override
    public Optional<JsonNode> controller(String namespace, OwnerReference reference) {
        return others.controller(namespace, reference);
    }
}
