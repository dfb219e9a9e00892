package dev.portcullis.scan;

import dev.portcullis.cluster.Controllers;
import dev.portcullis.cluster.Kind;
import dev.portcullis.cluster.Listing;
import dev.portcullis.cluster.ListingException;
import dev.portcullis.cluster.UnusableKubeconfigException;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.ImageDigests;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** One look at what a cluster runs. Nothing is written. */
public final class ClusterScan implements AutoCloseable {
    /** Owners before what they own. */
    static final List<Kind> ORDER = List.of(
            Kind.DEPLOYMENT,
            Kind.CRON_JOB,
            Kind.STATEFUL_SET,
            Kind.DAEMON_SET,
            Kind.REPLICATION_CONTROLLER,
            Kind.REPLICA_SET,
            Kind.JOB,
            Kind.POD);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterScan.class);

    private final Listing listing;
    private final Controllers controllers;

    private ClusterScan(Listing listing) {
        this.listing = listing;
        this.controllers = listing.controllers();
    }

    /**
     * Of the cluster that kubectl would speak to.
     *
     * @param kubeconfig null for {@code KUBECONFIG}, else the one in the home folder
     * @param context of the kubeconfig; null is its current one
     * @throws ScanException where the file is not there or is none
     */
    public static ClusterScan of(@Nullable Path kubeconfig, @Nullable String context) throws ScanException {
        try {
            return new ClusterScan(Listing.asKubectl(kubeconfig, context));
        } catch (UnusableKubeconfigException unusable) {
            throw new ScanException(unusable.sentence(), unusable);
        }
    }

    /**
     * Of a cluster that is listed anyway.
     *
     * @param listing not to be used after this is closed
     */
    public static ClusterScan of(Listing listing) {
        return new ClusterScan(listing);
    }

    /** The address of the cluster's API server. */
    public String address() {
        return listing.address();
    }

    /**
     * The policies that the cluster has, with their exemptions; the built-in one, enforcing, where it has none.
     *
     * @param problems told of those that cannot be used, a sentence each
     */
    public PolicySet policies(Consumer<String> problems) throws ScanException {
        try {
            return ClusterPolicySet.read(listing, problems);
        } catch (ListingException incomplete) {
            throw new ScanException(incomplete.sentence(), incomplete);
        }
    }

    /**
     * Looks at everything.
     *
     * @param namespace the one that is looked at; null for all
     * @param all whether passes are told
     * @param told is given what came of each workload that stands for itself
     * @throws ScanException where not everything could be looked at
     */
    public void run(PolicySet policies, @Nullable String namespace, boolean all, Consumer<Inspection> told)
            throws ScanException {
        try {
            look(
                    judging(policies, namespaces(policies.asksForNamespaces()), namespace),
                    namespace,
                    new Telling(address(), all, told));
        } catch (ListingException incomplete) {
            throw new ScanException(incomplete.sentence(), incomplete);
        }
    }

    /**
     * Looks at everything, and judges what stands for itself by other policies too.
     *
     * @param namespace the one that is looked at; null for all
     * @param told is given both reports on each
     * @throws ScanException where not everything could be looked at
     */
    public void compare(PolicySet before, PolicySet after, @Nullable String namespace, BiConsumer<Report, Report> told)
            throws ScanException {
        try {
            ListedNamespaces namespaces = namespaces(before.asksForNamespaces() || after.asksForNamespaces());
            Judging judging = judging(before, namespaces, namespace);
            look(judging, namespace, new Comparing(judging, after, told));
        } catch (ListingException incomplete) {
            throw new ScanException(incomplete.sentence(), incomplete);
        }
    }

    private ListedNamespaces namespaces(boolean asked) throws ListingException {
        ListedNamespaces namespaces = new ListedNamespaces(controllers);
        if (asked) {
            namespaces.list(listing);
        }
        return namespaces;
    }

    private Judging judging(PolicySet policies, ListedNamespaces namespaces, @Nullable String namespace)
            throws ListingException {
        return new Judging(() -> policies, namespaces, ImageDigests.NONE, InstantSource.system())
                .asking(controllers, surroundings(namespace));
    }

    private void look(Judging judging, @Nullable String namespace, Told told) throws ListingException {
        Survey survey = new Survey(judging, told);
        for (Kind kind : ORDER) {
            listing.each(kind, namespace, object -> survey.seen(kind, object));
        }
        for (ObjectKey key : survey.wanted()) {
            ObjectNode object = controllers.object(key.kind(), key.namespace(), key.name());
            if (object != null) {
                survey.seen(key.kind(), object);
            }
        }
    }

    /** What may not be listed is judged as if nobody looked; kubelets are not asked. */
    private Surroundings surroundings(@Nullable String namespace) {
        Surroundings surroundings = new Surroundings();
        for (Kind kind : List.of(Kind.PERSISTENT_VOLUME, Kind.NETWORK_POLICY)) {
            try {
                listing.each(
                        kind,
                        kind == Kind.NETWORK_POLICY ? namespace : null,
                        object -> surroundings.seen(kind, object));
                surroundings.know(kind);
            } catch (ListingException incomplete) {
                LOG.debug("{} do not count", kind.plural(), incomplete);
            }
        }
        return surroundings;
    }

    @Override
    public void close() {
        listing.close();
    }
}
