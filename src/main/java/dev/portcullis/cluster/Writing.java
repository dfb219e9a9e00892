package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes whole objects by server-side apply, as the field manager {@value #MANAGER}, over whoever else has written. */
public record Writing(KubernetesClient client) {
    private static final String MANAGER = "portcullis";
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(MANAGER)
            .withForce(true)
            .build();

    /** An object as it is stored; null where there is none. */
    public @Nullable ObjectNode get(Kind kind, String namespace, String name) throws RefusedException {
        return asked(() -> tree(named(kind, namespace, name).get()));
    }

    /**
     * Writes one.
     *
     * @param object with {@code metadata.resourceVersion}, only if that is still its version
     * @return as it is stored now
     */
    public @Nullable ObjectNode apply(Kind kind, ObjectNode object) throws RefusedException {
        return asked(() -> {
            GenericKubernetesResource item =
                    client.getKubernetesSerialization().unmarshal(object.toString(), GenericKubernetesResource.class);
            String namespace = item.getMetadata().getNamespace();
            var all = client.genericKubernetesResources(kind.context());
            Resource<GenericKubernetesResource> one = namespace == null
                    ? all.resource(item)
                    : all.inNamespace(namespace).resource(item);
            return tree(one.patch(APPLY));
        });
    }

    /** Takes one away; one that is not there is fine. */
    public void delete(Kind kind, String namespace, String name) throws RefusedException {
        asked(() -> named(kind, namespace, name).delete());
    }

    private Resource<GenericKubernetesResource> named(Kind kind, String namespace, String name) {
        var all = client.genericKubernetesResources(kind.context());
        return namespace.isEmpty()
                ? all.withName(name)
                : all.inNamespace(namespace).withName(name);
    }

    private static @Nullable ObjectNode tree(@Nullable GenericKubernetesResource object) {
        return object == null ? null : JsonMapper.shared().valueToTree(object);
    }

    private static <T extends @Nullable Object> T asked(Supplier<T> question) throws RefusedException {
        try {
            return question.get();
        } catch (KubernetesClientException refused) {
            throw new RefusedException(refused.getCode(), reason(refused), refused);
        }
    }

    /** What the API server says, or the network. */
    private static String reason(KubernetesClientException refused) {
        if (refused.getStatus() != null && refused.getStatus().getMessage() != null) {
            return refused.getStatus().getMessage();
        }
        Throwable cause = refused.getCause();
        return String.valueOf(cause == null ? refused.getMessage() : cause.getMessage());
    }
}
