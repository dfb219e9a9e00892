package dev.portcullis.kubernetes;

import dev.portcullis.policy.NamespaceKnowledge;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is known of the cluster in which something is judged. Answers come from caches; nothing is asked over the network
 * but a namespace that no cache has, once.
 */
public interface ClusterKnowledge {
    /** No cluster, where there need be none: what depends on its namespaces is judged as if it matched. */
    ClusterKnowledge NONE = of(new NamespaceKnowledge.Assumed());

    /** No cluster, where an API server asks: what depends on its namespaces cannot be judged. */
    ClusterKnowledge MISSING = of(new NamespaceKnowledge.Unavailable(
            "cannot be looked up, since this gate knows no cluster (start it with --kubeconfig)"));

    /** What is known of a namespace. */
    NamespaceKnowledge namespace(String name);

    /** The controller that a reference names, when the cluster has it in this namespace under the uid of the reference. */
    Optional<JsonNode> controller(String namespace, OwnerReference reference);

    /**
     * What is known of a pod, or of the pods of a template, that stands elsewhere in the cluster. Decisions go by the pod alone.
     *
     * @param pod with its {@code metadata} and {@code spec}
     */
    default PodFacts around(String namespace, JsonNode pod) {
        return PodFacts.UNKNOWN;
    }

    private static ClusterKnowledge of(NamespaceKnowledge everywhere) {
        return new ClusterKnowledge() {
            @Override
            public NamespaceKnowledge namespace(String name) {
                return everywhere;
            }

            @Override
            public Optional<JsonNode> controller(String namespace, OwnerReference reference) {
                return Optional.empty();
            }
        };
    }
}
