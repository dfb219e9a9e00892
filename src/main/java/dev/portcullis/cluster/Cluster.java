package dev.portcullis.cluster;

import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.OwnerReference;
import dev.portcullis.policy.NamespaceKnowledge;
import dev.portcullis.policy.PolicySet;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The cluster that the gate guards, as watches keep it. What they have brought stays when the API server goes away. */
public final class Cluster implements ClusterKnowledge, AutoCloseable {
    private static final int MOST_EXEMPTION_NAMESPACES = 100;
    private static final int MOST_CONTROLLER_WATCHES = 200;

    private final @Nullable String home;
    private final KubernetesClient client;
    private final KubernetesClient impatient;
    private final Supplier<KubernetesClient> clients;
    private @Nullable KubernetesClient bulk;
    private final StatusPatch statuses;
    private final Namespaces namespaces;
    private final Pool<String> exemptions;
    private final Pool<ControllerKind> controllers;
    private volatile @Nullable Watched policies;
    private volatile Runnable changed = () -> {};

    private Cluster(Connection connection) {
        this.home = connection.namespace();
        this.client = connection.client();
        this.impatient = connection.impatientClient();
        this.clients = connection::client;
        this.statuses = new StatusPatch(client);
        this.namespaces = new Namespaces(client, impatient, this::tell);
        this.exemptions = new Pool<>(
                "namespaces of exemptions",
                MOST_EXEMPTION_NAMESPACES,
                namespace -> new Watched(client, Kind.EXEMPTION, namespace, Cluster::exemption, this::tell));
        this.controllers = new Pool<>("kinds of controllers", MOST_CONTROLLER_WATCHES, this::watch);
    }

    private Watched watch(ControllerKind controllersOf) {
        Kind kind = controllersOf.kind();
        return new Watched(client, kind, controllersOf.namespace(), object -> controller(object, kind), this::tell);
    }

    /**
     * The cluster that a kubeconfig names. Nothing is asked of it yet.
     *
     * @throws UnusableKubeconfigException where the file is not there or is none
     */
    public static Cluster of(Path kubeconfig) throws UnusableKubeconfigException {
        return new Cluster(Connection.byKubeconfig(kubeconfig));
    }

    /**
     * A client for the cluster that kubectl would speak to.
     *
     * @param kubeconfig null for {@code KUBECONFIG}, else the one in the home folder
     * @param context of the kubeconfig; null is its current one
     * @throws UnusableKubeconfigException where the file is not there or is none
     */
    public static KubernetesClient clientAsKubectl(@Nullable Path kubeconfig, @Nullable String context)
            throws UnusableKubeconfigException {
        return Connection.asKubectl(kubeconfig, context).client();
    }

    /** The cluster in one of whose pods this runs; empty where this is no pod. */
    public static Optional<Cluster> around() {
        return Optional.ofNullable(Connection.inCluster()).map(Cluster::new);
    }

    /** For what is not watched. */
    public KubernetesClient client() {
        return client;
    }

    /** Lists what there is; not to be closed, as it ends with this. */
    public Listing listing() {
        return new Listing(bulk());
    }

    /** A client with connections of its own: what many objects take on their way must not hold up leases and decisions. */
    private synchronized KubernetesClient bulk() {
        if (bulk == null) {
            bulk = clients.get();
        }
        return bulk;
    }

    /** Follows all objects of a kind, once it is started. */
    public Following following(Kind kind, Following.Listener listener) {
        return new Following(bulk(), kind, Map.of(), listener);
    }

    /** The same of those with a label alone. */
    public Following following(Kind kind, String label, String value, Following.Listener listener) {
        return new Following(bulk(), kind, Map.of(label, value), listener);
    }

    /**
     * Asks kubelets, as whom the cluster is asked.
     *
     * @param authority PEM of the CAs that sign kubelets' certificates; null is the cluster's own
     */
    public Kubelets kubelets(@Nullable Path authority) {
        return Kubelets.as(client.getConfiguration(), authority);
    }

    /** Writes objects. */
    public Writing writing() {
        return new Writing(bulk());
    }

    /** The namespace of the pod that this runs in, or the kubeconfig's; null where neither says. */
    public @Nullable String namespace() {
        return home;
    }

    private static ObjectNode policy(GenericKubernetesResource object) {
        return Trees.of(object, Kind.POLICY, List.of("spec", "status"));
    }

    private static ObjectNode exemption(GenericKubernetesResource object) {
        return Trees.of(object, Kind.EXEMPTION, List.of("spec", "status"));
    }

    private static ObjectNode controller(GenericKubernetesResource object, Kind kind) {
        ObjectNode tree = Trees.of(object, kind, List.of("spec/template", "spec/jobTemplate/spec/template"));
        return Trees.withOwners(tree, object.getMetadata());
    }

    /**
     * Begins to watch namespaces.
     *
     * @param listener called when anything that is watched changes, by threads that must not be held up
     */
    public void start(Runnable listener) {
        changed = listener;
        namespaces.start();
    }

    /** Begins to watch policies too. */
    public synchronized void watchPolicies() {
        if (policies == null) {
            policies = new Watched(client, Kind.POLICY, null, Cluster::policy, this::tell).start();
        }
    }

    /** Watches the exemptions of these namespaces, and of no others. */
    public void watchExemptions(Set<String> held) {
        Set<String> named = new TreeSet<>(held);
        named.removeIf(name -> !Namespaces.isName(name));
        exemptions.need(named);
    }

    /** Watches the controllers whose pods exemptions of these policies cover, and no others. */
    public void watchControllers(PolicySet inForce, Instant now) {
        controllers.need(ControllerKind.neededFor(inForce, now));
    }

    private void tell() {
        changed.run();
    }

    /** Whether the policies have been listed, at any time. */
    public boolean knowsPolicies() {
        Watched watched = policies;
        return watched != null && watched.synced();
    }

    /** Whether everything that is watched has been listed, but for exemptions and controllers that may not be. */
    public boolean synced() {
        Watched watched = policies;
        return namespaces.synced()
                && (watched == null || watched.synced())
                && settled(exemptions)
                && settled(controllers);
    }

    private static boolean settled(Pool<?> pool) {
        for (Watched watched : pool.all()) {
            if (!watched.settled()) {
                return false;
            }
        }
        return true;
    }

    /** Whether changes are learned of now: false while the API server is away. */
    public boolean watching() {
        Watched watched = policies;
        return namespaces.watching()
                && (watched == null || watched.watching())
                && isUpToDate(exemptions)
                && isUpToDate(controllers);
    }

    /** What was known before a watch was refused goes on to count, so that it has to be told. */
    private static boolean isUpToDate(Pool<?> pool) {
        for (Watched watched : pool.all()) {
            if (watched.synced() && !watched.watching()) {
                return false;
            }
        }
        return true;
    }

    /** How many watches would be needed beyond the bounds. */
    public int omittedWatches() {
        return exemptions.omitted() + controllers.omitted();
    }

    /** The {@code HardeningPolicy} resources there are. */
    public List<JsonNode> policies() {
        Watched watched = policies;
        return watched == null ? List.of() : watched.all();
    }

    /** The {@code HardeningExemption} resources in the namespaces that are watched. */
    public List<JsonNode> exemptions() {
        List<JsonNode> all = new ArrayList<>();
        exemptions.all().forEach(watched -> all.addAll(watched.all()));
        return all;
    }

    /** Writes a resource's status, unless the resource has changed since. */
    public StatusResult writeStatus(JsonNode resource, ObjectNode status) {
        return statuses.write(resource, status);
    }

    @Override
    public NamespaceKnowledge namespace(String name) {
        return namespaces.of(name);
    }

    @Override
    public Optional<JsonNode> controller(String namespace, OwnerReference reference) {
        Watched watched = Kind.of(reference.group(), reference.kind())
                .map(kind -> controllers.get(new ControllerKind(namespace, kind)))
                .orElse(null);
        JsonNode controller = watched == null ? null : watched.get(namespace + "/" + reference.name());
        return Optional.ofNullable(controller)
                .filter(found ->
                        found.path("metadata").path("uid").stringValue("").equals(reference.uid()))
                .filter(_ -> !reference.uid().isEmpty());
    }

    /** The same for dry runs: nothing is asked of the cluster, and what is not known is judged as if it matched. */
    public ClusterKnowledge asKept() {
        return new ClusterKnowledge() {
            @Override
            public NamespaceKnowledge namespace(String name) {
                return Objects.requireNonNullElseGet(namespaces.kept(name), NamespaceKnowledge.Assumed::new);
            }

            @Override
            public Optional<JsonNode> controller(String namespace, OwnerReference reference) {
                return Cluster.this.controller(namespace, reference);
            }
        };
    }

    @Override
    public void close() {
        Watched watched = policies;
        if (watched != null) {
            watched.close();
        }
        exemptions.close();
        controllers.close();
        namespaces.close();
        client.close();
        impatient.close();
        synchronized (this) {
            if (bulk != null) {
                bulk.close();
            }
        }
    }
}
