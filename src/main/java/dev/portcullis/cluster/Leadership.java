package dev.portcullis.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of several processes does what only one may do. One that goes is followed within {@link #LEASE} and a retry. */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(7);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Supplier<LeaderElector> electors;
    private final String deed;
    private final Runnable begun;
    private final Runnable ended;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leadership").daemon().factory());
    private volatile boolean leading;
    private volatile boolean closed;
    private volatile @Nullable Candidacy candidacy;

    private record Candidacy(LeaderElector elector, CompletableFuture<?> end) {}

    /**
     * Takes part from {@link #start()} on.
     *
     * @param name of the Lease
     * @param identity that no other process has
     * @param deed what the one that leads does, for the log
     * @param begun called when this one begins to lead; must not block
     * @param ended called when it no longer leads; must not block
     */
    public Leadership(
            KubernetesClient client,
            String namespace,
            String name,
            String identity,
            String deed,
            Runnable begun,
            Runnable ended) {
        this.deed = deed;
        this.begun = begun;
        this.ended = ended;
        LeaderElectionConfig terms = new LeaderElectionConfigBuilder()
                .withName(name)
                .withLock(new LeaseLock(namespace, name, identity))
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEWAL)
                .withRetryPeriod(RETRY)
                .withLeaderCallbacks(new LeaderCallbacks(this::begin, this::end, _ -> {}))
                .build();
        this.electors = () -> client.leaderElector().withConfig(terms).build();
    }

    /** An elector that lost, or failed, is of no more use: another takes its place. */
    public void start() {
        if (!closed) {
            LeaderElector elector = electors.get();
            CompletableFuture<?> end = elector.start();
            candidacy = new Candidacy(elector, end);
            CompletableFuture<?> _ = end.whenComplete((_, _) -> startLater());
        }
    }

    private void startLater() {
        end();
        if (!closed) {
            var _ = thread.schedule(this::start, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void begin() {
        leading = true;
        LOG.info("this process leads: it {}", deed);
        begun.run();
    }

    private void end() {
        if (leading && !closed) {
            LOG.info("this process no longer leads: another one {}", deed);
        }
        leading = false;
        ended.run();
    }

    /** Whether it leads now. */
    public boolean isLeading() {
        return leading;
    }

    /** Lets another lead at once. */
    @Override
    public void close() {
        closed = true;
        Candidacy last = candidacy;
        if (last != null) {
            last.end.cancel(true);
            last.elector.release();
        }
        thread.shutdownNow();
    }
}
