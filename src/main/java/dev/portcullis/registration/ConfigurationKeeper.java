package dev.portcullis.registration;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Writes webhook configurations whole. Server-side apply would leave what others add, and an added {@code objectSelector} or
 * {@code matchConditions} lets pods step out.
 */
final class ConfigurationKeeper {
    static final String NAMESPACE_ANNOTATION = "portcullis.dev/namespace";

    private final KubernetesClient client;
    private final Registration registration;

    /** What an API server made of what was written last: a later version of it may add defaults that we do not know. */
    private final Map<Configuration, Written> written = new EnumMap<>(Configuration.class);

    private record Written(JsonNode asked, JsonNode answered) {}

    ConfigurationKeeper(KubernetesClient client, Registration registration) {
        this.client = client;
        this.registration = registration;
    }

    /** What had to be done. */
    enum Change {
        NONE,
        CREATED,
        REPLACED
    }

    Change keep(Configuration configuration, ArrayNode webhooks) {
        var all = client.genericKubernetesResources(configuration.context());
        GenericKubernetesResource live = all.withName(registration.name()).get();
        if (live == null) {
            note(
                    configuration,
                    webhooks,
                    all.resource(made(configuration, new ObjectMeta(), webhooks))
                            .create());
            return Change.CREATED;
        }
        if (isAsAsked(configuration, webhooks, webhooks(live)) && isOwned(live)) {
            return Change.NONE;
        }
        note(
                configuration,
                webhooks,
                all.resource(made(configuration, live.getMetadata(), webhooks)).update());
        return Change.REPLACED;
    }

    private void note(Configuration configuration, JsonNode asked, GenericKubernetesResource answer) {
        written.put(configuration, new Written(asked, webhooks(answer)));
    }

    private boolean isAsAsked(Configuration configuration, JsonNode asked, JsonNode live) {
        return live.equals(asked) || new Written(asked, live).equals(written.get(configuration));
    }

    /** Both numbers and trees compare only when they were read alike. */
    private static JsonNode webhooks(GenericKubernetesResource live) {
        JsonMapper mapper = JsonMapper.shared();
        return mapper.readTree(
                mapper.writeValueAsBytes(live.getAdditionalProperties().getOrDefault("webhooks", List.of())));
    }

    private GenericKubernetesResource made(Configuration configuration, ObjectMeta metadata, ArrayNode webhooks) {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion(Configuration.API_VERSION);
        resource.setKind(configuration.kind());
        ObjectMetaBuilder named = new ObjectMetaBuilder(metadata)
                .withName(registration.name())
                .withManagedFields()
                .addToLabels(
                        Map.of("app.kubernetes.io/name", "portcullis", "app.kubernetes.io/managed-by", "portcullis"))
                .addToAnnotations(NAMESPACE_ANNOTATION, registration.namespace());
        OwnerReference owner = owner();
        if (owner != null) {
            named.withOwnerReferences(owner);
        }
        resource.setMetadata(named.build());
        resource.setAdditionalProperty("webhooks", JsonMapper.shared().convertValue(webhooks, List.class));
        return resource;
    }

    private boolean isOwned(GenericKubernetesResource live) {
        return registration.owner() == null
                || live.getMetadata().getOwnerReferences().stream()
                        .anyMatch(reference -> Objects.equals(reference.getName(), registration.owner()));
    }

    private @Nullable OwnerReference owner() {
        if (registration.owner() == null) {
            return null;
        }
        ClusterRole role =
                client.rbac().clusterRoles().withName(registration.owner()).get();
        if (role == null) {
            throw new IllegalStateException("ClusterRole " + registration.owner()
                    + ", which shall own the webhook configurations, does not exist");
        }
        return new OwnerReferenceBuilder()
                .withApiVersion("rbac.authorization.k8s.io/v1")
                .withKind("ClusterRole")
                .withName(registration.owner())
                .withUid(role.getMetadata().getUid())
                .build();
    }
}
