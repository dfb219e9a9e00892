package dev.portcullis.app;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.UnusableKubeconfigException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that is guarded, if there is one.
 *
 * @param cluster null where nothing but what is sent is known
 */
record Guarded(@Nullable Cluster cluster) implements AutoCloseable {
    /** The one that a property names, else the one around. */
    static Guarded by(PortcullisProperties properties, MeterRegistry registry) {
        Cluster found = find(properties);
        if (found != null) {
            Gauge.builder("portcullis.cluster.watching", found, cluster -> cluster.watching() ? 1 : 0)
                    .description(
                            "1 while changes in the cluster are learned of; 0 while decisions go by what was known")
                    .register(registry);
            Gauge.builder("portcullis.cluster.watches.omitted", found, Cluster::omittedWatches)
                    .description("Namespaces of exemptions and kinds of controllers beyond the most that are watched")
                    .register(registry);
        }
        return new Guarded(found);
    }

    private static @Nullable Cluster find(PortcullisProperties properties) {
        if (properties.kubeconfig() == null) {
            return Cluster.around().orElse(null);
        }
        try {
            return Cluster.of(properties.kubeconfig());
        } catch (UnusableKubeconfigException wrong) {
            throw new MisconfiguredException(wrong.sentence(), wrong);
        }
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
