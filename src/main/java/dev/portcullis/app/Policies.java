package dev.portcullis.app;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.live.Alarms;
import dev.portcullis.live.ClusterPolicies;
import dev.portcullis.live.ExemptionMetrics;
import dev.portcullis.live.ExemptionUse;
import dev.portcullis.live.InForce;
import dev.portcullis.live.PolicyWatch;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.resource.Origins;
import dev.portcullis.resource.PolicyException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the policies in force come from: files where they are named, else the cluster where there is one, else they are
 * built in.
 *
 * @param inForce those in force
 * @param origins where they come from, now
 * @param readiness what is waited for
 * @param ending ends what keeps them up to date
 */
record Policies(InForce inForce, Supplier<Origins> origins, Readiness readiness, Runnable ending)
        implements AutoCloseable {
    static Policies of(PortcullisProperties properties, Guarded guarded, MeterRegistry registry, ExemptionUse use) {
        InstantSource clock = InstantSource.system();
        Alarms alarms = new Alarms(registry);
        Cluster cluster = guarded.cluster();
        Policies policies;
        if (properties.policy() != null) {
            policies = ofFiles(properties.policy(), properties, alarms, cluster);
            new ExemptionMetrics(policies.inForce, () -> 0, use, clock).register(registry);
        } else if (cluster != null) {
            ClusterPolicies live = new ClusterPolicies(
                    cluster,
                    mode(properties),
                    properties.exemptionNamespaces(),
                    alarms,
                    use,
                    properties.has(PortcullisProperties.Role.GATE),
                    clock);
            cluster.start(live::wake);
            live.start();
            Readiness readiness = () -> live.isComplete() ? null : "the cluster's policies and namespaces";
            policies = new Policies(live.inForce(), live::origins, readiness, live::close);
            new ExemptionMetrics(policies.inForce, live::invalidExemptions, use, clock).register(registry);
        } else {
            policies = new Policies(
                    new InForce(BuiltInPolicies.set(mode(properties))), () -> Origins.BUILT_IN, () -> null, () -> {});
        }
        policies.inForce.tell(use::keepOnly);
        tellVersion(policies.inForce, registry);
        return policies;
    }

    private static void tellVersion(InForce inForce, MeterRegistry registry) {
        MultiGauge version = MultiGauge.builder("portcullis.policy.version")
                .description("1 for the version of the set of policies in force, which audit annotations name")
                .register(registry);
        inForce.tell(set -> version.register(List.of(MultiGauge.Row.of(Tags.of("version", set.version()), 1)), true));
    }

    private static Policies ofFiles(
            Path path, PortcullisProperties properties, Alarms alarms, @Nullable Cluster cluster) {
        PolicyWatch watch;
        try {
            watch = PolicyWatch.read(
                    path, properties.exemptionNamespaces(), () -> BuiltInPolicies.set(mode(properties)), alarms);
        } catch (PolicyException wrong) {
            throw new MisconfiguredException(wrong.getMessage(), wrong);
        }
        watch.start();
        if (cluster == null) {
            return new Policies(watch.inForce(), watch::origins, () -> null, watch::close);
        }
        cluster.start(() -> {});
        watch.inForce()
                .tell(set ->
                        cluster.watchControllers(set, InstantSource.system().instant()));
        return new Policies(watch.inForce(), watch::origins, new Synced(cluster), watch::close);
    }

    private static Mode mode(PortcullisProperties properties) {
        return properties.defaultMode().mode();
    }

    @Override
    public void close() {
        ending.run();
    }

    /** Waits for a cluster until it has all been listed, and never again. */
    private static final class Synced implements Readiness {
        private final Cluster cluster;
        private volatile boolean reached;

        Synced(Cluster cluster) {
            this.cluster = cluster;
        }

        @Override
        public @Nullable String waitingFor() {
            if (!reached) {
                reached = cluster.synced();
            }
            return reached ? null : "the cluster's namespaces";
        }
    }
}
