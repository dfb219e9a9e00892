package dev.portcullis.app;

import dev.portcullis.cluster.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
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
        return new Scanning(new LeadingScan(cluster, properties, policies, digests, keeping, registry));
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
