package dev.portcullis.app;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.UnusableKubeconfigException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
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
            TimeGauge.builder(
                            "portcullis.cluster.knowledge.age",
                            new Knowledge(found),
                            TimeUnit.NANOSECONDS,
                            Knowledge::age)
                    .description(
                            "For how long changes in the cluster have not been seen to be learned of; 0 while they are")
                    .register(registry);
            Gauge.builder("portcullis.cluster.watches.omitted", found, Cluster::omittedWatches)
                    .description("Namespaces of exemptions and kinds of controllers beyond the most that are watched")
                    .register(registry);
        }
        return new Guarded(found);
    }

    /** Looked at whenever metrics are read. */
    private static final class Knowledge {
        private final Cluster cluster;
        private long fresh = System.nanoTime();

        Knowledge(Cluster cluster) {
            this.cluster = cluster;
        }

        /** In nanoseconds. */
        synchronized double age() {
            long now = System.nanoTime();
            if (cluster.watching()) {
                fresh = now;
            }
            return now - fresh;
        }
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
