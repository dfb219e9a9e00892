package dev.portcullis.cluster;

import dev.portcullis.policy.Namespace;
import dev.portcullis.policy.NamespaceKnowledge;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The cluster's namespaces, from a watch; one that is not in it is asked for once. */
final class Namespaces implements AutoCloseable {
    /** A name goes into the path of a request: nothing else may. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");

    private final Watched watched;
    private final NamespaceLookup lookup;

    /**
     * Namespaces.
     *
     * @param impatient a client that gives up soon
     */
    Namespaces(KubernetesClient client, KubernetesClient impatient, Runnable changed) {
        this.watched = new Watched(client, Kind.NAMESPACE, null, Namespaces::trim, changed);
        this.lookup = new NamespaceLookup(name -> ask(impatient, name), System::nanoTime);
    }

    private static ObjectNode trim(GenericKubernetesResource namespace) {
        return Trees.withLabels(Trees.of(namespace, Kind.NAMESPACE, List.of()), namespace.getMetadata());
    }

    private static NamespaceKnowledge ask(KubernetesClient client, String name) {
        GenericKubernetesResource found = client.genericKubernetesResources(Kind.NAMESPACE.context())
                .withName(name)
                .get();
        return found == null ? NamespaceLookup.MISSING : known(name, trim(found));
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    void start() {
        watched.start();
    }

    boolean synced() {
        return watched.synced();
    }

    boolean watching() {
        return watched.watching();
    }

    NamespaceKnowledge of(String name) {
        NamespaceKnowledge kept = kept(name);
        if (kept != null) {
            return kept;
        }
        return isName(name) ? lookup.of(name) : NamespaceLookup.MISSING;
    }

    /** Null where the watch has not brought it. */
    @Nullable NamespaceKnowledge kept(String name) {
        JsonNode kept = watched.get(name);
        return kept == null ? null : known(name, kept);
    }

    private static NamespaceKnowledge known(String name, JsonNode tree) {
        JsonNode metadata = tree.path("metadata");
        return new NamespaceKnowledge.Known(new Namespace(
                name,
                texts(metadata.path("labels")),
                texts(metadata.path("annotations")),
                metadata.path("uid").stringValue(null)));
    }

    private static Map<String, String> texts(JsonNode members) {
        Map<String, String> texts = new HashMap<>();
        members.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        return texts;
    }

    @Override
    public void close() {
        watched.close();
        lookup.close();
    }
}
