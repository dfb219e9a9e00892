package dev.portcullis.app;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.Kubelets;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The background scan of the cluster, where that is asked for. */
record Scanning(@Nullable LeadingScan scan) implements AutoCloseable {
    static Scanning of(
            PortcullisProperties properties,
            Guarded guarded,
            Policies policies,
            Digests digests,
            Keeping keeping,
            MeterRegistry registry) {
        if (!properties.scan().enabled() || !properties.has(PortcullisProperties.Role.CONSOLE)) {
            return new Scanning(null);
        }
        Cluster cluster = guarded.cluster();
        if (cluster == null) {
            throw new MisconfiguredException(
                    "portcullis.scan.enabled needs a cluster: give --kubeconfig, or run in a pod");
        }
        requireReadable(properties.scan().kubeletCa(), cluster);
        return new Scanning(new LeadingScan(cluster, properties, policies, digests, keeping, registry));
    }

    private static void requireReadable(@Nullable Path authority, Cluster cluster) {
        try (Kubelets _ = cluster.kubelets(authority)) {
            // it can be asked by whoever leads
        } catch (IllegalArgumentException unusable) {
            throw new MisconfiguredException(
                    "portcullis.scan.kubelet-ca: " + unusable.getMessage() + "; give a PEM file", unusable);
        }
    }

    void start() {
        if (scan != null) {
            scan.start();
        }
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.close();
        }
    }
}
