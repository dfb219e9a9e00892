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

    private final Map<Configuration, Known> known = new EnumMap<>(Configuration.class);

    /**
     * A configuration as it was when it was as it should be.
     *
     * @param kept what an API server made of it: a later version of one may add defaults that we do not know
     */
    private record Known(JsonNode asked, JsonNode kept) {}

    ConfigurationKeeper(KubernetesClient client, Registration registration) {
        this.client = client;
        this.registration = registration;
    }

    /** What had to be done. */
    enum Change {
        NONE,
        CREATED,
        REPLACED,
        /** Somebody else had deleted it or edited it since it was as it should be. */
        REPAIRED
    }

    /** Whether it has found, or made, any as it should be. */
    boolean knowsAny() {
        return !known.isEmpty();
    }

    /** Another may keep them from now on: what it does is no edit. */
    void forget() {
        known.clear();
    }

    Change keep(Configuration configuration, ArrayNode asked) {
        var all = client.genericKubernetesResources(configuration.context());
        GenericKubernetesResource live = all.withName(registration.name()).get();
        Known before = known.get(configuration);
        if (live != null && isOwned(live) && isAsAsked(webhooks(live), asked, before)) {
            known.put(configuration, new Known(asked, webhooks(live)));
            return Change.NONE;
        }
        GenericKubernetesResource made = live == null
                ? all.resource(made(configuration, new ObjectMeta(), asked)).create()
                : all.resource(made(configuration, live.getMetadata(), asked)).update();
        known.put(configuration, new Known(asked, webhooks(made)));
        if (before != null && before.asked.equals(asked)) {
            return Change.REPAIRED;
        }
        return live == null ? Change.CREATED : Change.REPLACED;
    }

    private static boolean isAsAsked(JsonNode live, JsonNode asked, @Nullable Known before) {
        return live.equals(asked) || new Known(asked, live).equals(before);
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
