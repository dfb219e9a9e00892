package dev.portcullis.scan;

import dev.portcullis.cluster.Kind;
import dev.portcullis.kubernetes.PodFacts;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** What stands elsewhere in a cluster than in its pods, and matters for them. What is not known is judged as if nobody looked. */
final class Surroundings {
    /** Those that say it. */
    static final List<Kind> KINDS = List.of(Kind.PERSISTENT_VOLUME, Kind.NETWORK_POLICY, Kind.NODE);

    private final HostVolumes volumes = new HostVolumes();
    private final NetworkPolicies networkPolicies = new NetworkPolicies();
    private final Nodes nodes = new Nodes();
    private final Set<Kind> known = ConcurrentHashMap.newKeySet();

    /** Who is concerned by a change. */
    sealed interface Concerned {}

    /** The pods of these namespaces. */
    record Namespaces(Set<String> names) implements Concerned {}

    /** All pods. */
    record Everybody() implements Concerned {}

    private static final Concerned NOBODY = new Namespaces(Set.of());

    /** All of a kind that there is has been seen. */
    void know(Kind kind) {
        known.add(kind);
    }

    Nodes nodes() {
        return nodes;
    }

    Concerned seen(Kind kind, JsonNode object) {
        return switch (kind) {
            case PERSISTENT_VOLUME -> new Namespaces(volumes.seen(object));
            case NETWORK_POLICY -> {
                networkPolicies.seen(object);
                yield new Namespaces(
                        Set.of(object.path("metadata").path("namespace").stringValue("")));
            }
            case NODE -> nodes.seen(object) ? new Everybody() : NOBODY;
            default -> NOBODY;
        };
    }

    Concerned gone(Kind kind, String namespace, String name) {
        return switch (kind) {
            case PERSISTENT_VOLUME -> new Namespaces(volumes.gone(name));
            case NETWORK_POLICY -> {
                networkPolicies.gone(namespace, name);
                yield new Namespaces(Set.of(namespace));
            }
            case NODE -> nodes.gone(name) ? new Everybody() : NOBODY;
            default -> NOBODY;
        };
    }

    /** What is known of a pod, or of the pods of a template. */
    PodFacts around(String namespace, JsonNode pod) {
        return new PodFacts(
                volumes.behind(namespace, pod.path("spec")),
                known.contains(Kind.NETWORK_POLICY) ? networkPolicies.isolate(namespace, pod) : null,
                known.contains(Kind.NODE) ? nodes.pidsLimit(pod.path("spec")) : null);
    }
}
