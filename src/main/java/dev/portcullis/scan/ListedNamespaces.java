package dev.portcullis.scan;

import dev.portcullis.cluster.Controllers;
import dev.portcullis.cluster.Kind;
import dev.portcullis.cluster.Listing;
import dev.portcullis.cluster.ListingException;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.OwnerReference;
import dev.portcullis.policy.Namespace;
import dev.portcullis.policy.NamespaceKnowledge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The namespaces of a cluster as they were when they were listed, and its controllers as they are asked for. */
final class ListedNamespaces implements ClusterKnowledge {
    private final Map<String, Namespace> listed = new HashMap<>();
    private final Controllers controllers;

    ListedNamespaces(Controllers controllers) {
        this.controllers = controllers;
    }

    void list(Listing listing) throws ListingException {
        listing.each(Kind.NAMESPACE, null, namespace -> {
            JsonNode metadata = namespace.path("metadata");
            String name = metadata.path("name").stringValue("");
            listed.put(
                    name,
                    new Namespace(
                            name,
                            texts(metadata.path("labels")),
                            texts(metadata.path("annotations")),
                            metadata.path("uid").stringValue("")));
        });
    }

    private static Map<String, String> texts(JsonNode members) {
        Map<String, String> texts = new HashMap<>();
        members.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        return texts;
    }

    @Override
    public NamespaceKnowledge namespace(String name) {
        Namespace known = listed.get(name);
        return known == null
                ? new NamespaceKnowledge.Unavailable("was not there when namespaces were listed")
                : new NamespaceKnowledge.Known(known);
    }

    @Override
    public Optional<JsonNode> controller(String namespace, OwnerReference reference) {
        return controllers.of(namespace, reference);
    }
}
