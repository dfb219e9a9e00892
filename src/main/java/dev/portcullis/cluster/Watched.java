package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of one kind, in one namespace or everywhere, as a watch keeps them. */
final class Watched implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    /** A limit also keeps the informer from the API server's cache: its lists are exact, never of the past. */
    private static final long PAGE = 500;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final String what;
    private final Kept kept;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private final Runnable changed;
    private volatile boolean refused;

    /**
     * Watches from now on, until it is closed.
     *
     * @param namespace null watches all
     * @param changed called when anything changes; must not block
     */
    Watched(
            KubernetesClient client,
            Kind kind,
            @Nullable String namespace,
            Function<GenericKubernetesResource, ObjectNode> trim,
            Runnable changed) {
        this.what = kind.plural() + (namespace == null ? "" : " of namespace " + namespace);
        this.kept = new Kept(trim);
        this.changed = changed;
        var all = client.genericKubernetesResources(kind.context());
        var scope = namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace);
        this.informer = scope.withLimit(PAGE).runnableInformer(0);
        informer.removeNamespaceIndex()
                .itemStore(kept)
                .exceptionHandler((started, problem) -> retry(problem))
                .addEventHandler(new Handler());
    }

    /** Begins. */
    Watched start() {
        informer.start().whenComplete((_, _) -> changed.run());
        return this;
    }

    /** Whatever happens, it is tried again, ever less often. */
    private boolean retry(Throwable problem) {
        boolean denied = Refusal.code(problem) == FORBIDDEN || Refusal.code(problem) == NOT_FOUND;
        if (denied && !refused) {
            refused = true;
            LOG.warn("{} cannot be watched: {}", what, reason(problem));
            changed.run();
        }
        return true;
    }

    private static String reason(Throwable problem) {
        boolean missing = Refusal.code(problem) == NOT_FOUND;
        return missing
                ? "the cluster does not know the kind (apply k8s-manifests/crds)"
                : "it is forbidden (apply k8s-manifests/rbac.yaml)";
    }

    /** Whether everything has been listed, at any time. */
    boolean synced() {
        return informer.hasSynced();
    }

    /** Whether it is synced, or the cluster says that it will not be. */
    boolean settled() {
        return synced() || refused;
    }

    /** Whether it learns of changes now. */
    boolean watching() {
        return informer.isWatching();
    }

    /** Null where there is none. */
    @Nullable JsonNode get(String key) {
        return kept.tree(key);
    }

    List<JsonNode> all() {
        return kept.trees();
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            changed.run();
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            changed.run();
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean stateUnknown) {
            changed.run();
        }
    }
}
