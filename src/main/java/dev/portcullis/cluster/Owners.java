package dev.portcullis.cluster;

import dev.portcullis.kubernetes.OwnerReference;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The workloads that people write, found from the controllers of their pods: the Deployment of a ReplicaSet. */
final class Owners {
    private static final int MOST_KNOWN = 1_000;

    private final KubernetesClient client;
    private final Map<String, ObjectReference> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectReference> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    Owners(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Whom the controller of a pod belongs to, itself where to nobody. Asks the API server once.
     *
     * @return empty where there is no such controller, whatever a pod says, or it is of a kind that is not known here
     */
    Optional<ObjectReference> of(String namespace, OwnerReference controller) {
        String key = namespace + "/" + controller.uid();
        ObjectReference before = known.get(key);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<ObjectReference> found =
                Kind.of(controller.group(), controller.kind()).flatMap(kind -> find(namespace, controller, kind));
        found.ifPresent(owner -> known.put(key, owner));
        return found;
    }

    private Optional<ObjectReference> find(String namespace, OwnerReference controller, Kind kind) {
        GenericKubernetesResource found = client.genericKubernetesResources(kind.context())
                .inNamespace(namespace)
                .withName(controller.name())
                .get();
        if (found == null || !controller.uid().equals(found.getMetadata().getUid())) {
            return Optional.empty();
        }
        return Optional.of(found.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .map(owner ->
                        reference(namespace, owner.getApiVersion(), owner.getKind(), owner.getName(), owner.getUid()))
                .orElseGet(
                        () -> reference(namespace, kind.apiVersion(), kind.id(), controller.name(), controller.uid())));
    }

    private static ObjectReference reference(
            String namespace, String apiVersion, String kind, String name, String uid) {
        return new ObjectReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .build();
    }
}
