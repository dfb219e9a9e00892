package dev.portcullis.live;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.resource.ClusterResources;
import dev.portcullis.resource.Origins;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the policies and exemptions of a cluster in force as they change, and their statuses up to date. One thread puts
 * sets together, another writes statuses; what watches bring only wakes them.
 */
public final class ClusterPolicies implements AutoCloseable {
    private static final long TICK_SECONDS = 5;

    private final Cluster cluster;
    private final Mode defaultMode;
    private final Set<String> exemptionNamespaces;
    private final Alarms alarms;
    private final ExemptionUse use;
    private final InstantSource clock;
    private final InForce inForce = new InForce(BuiltInPolicies.set(Mode.ENFORCE));
    private final LastGood<Policy> policies;
    private final LastGood<Exemption> exemptions;
    private final StatusKeeper statuses;
    private final boolean tellsStatuses;
    private final ScheduledExecutorService reader = thread("policies");
    private final ScheduledExecutorService writer = thread("policy-statuses");
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile List<StatusKeeper.Wanted> wanted = List.of();
    private volatile List<Outcome<Exemption>> exemptionOutcomes = List.of();
    private volatile Origins origins = Origins.BUILT_IN;
    private volatile boolean complete;

    /**
     * The policies of a cluster.
     *
     * @param defaultMode of the built-in policy where the cluster has none
     * @param exemptionNamespaces those whose exemptions every policy heeds
     * @param tellsStatuses whether this process writes how policies and exemptions stand: whoever decides by them does
     */
    public ClusterPolicies(
            Cluster cluster,
            Mode defaultMode,
            Set<String> exemptionNamespaces,
            Alarms alarms,
            ExemptionUse use,
            boolean tellsStatuses,
            InstantSource clock) {
        this.cluster = cluster;
        this.defaultMode = defaultMode;
        this.exemptionNamespaces = exemptionNamespaces;
        this.alarms = alarms;
        this.use = use;
        this.tellsStatuses = tellsStatuses;
        this.clock = clock;
        this.policies = new LastGood<>(ClusterResources::policy, true, alarms);
        this.exemptions = new LastGood<>(ClusterResources::exemption, false, alarms);
        this.statuses = new StatusKeeper(cluster::writeStatus, clock);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /** What is in force; not to be used before it {@linkplain #isComplete is complete}. */
    public InForce inForce() {
        return inForce;
    }

    /** Whether everything there is has been read once. */
    public boolean isComplete() {
        return complete;
    }

    /** Where what is in force comes from, and what cannot be used. */
    public Origins origins() {
        return origins;
    }

    /** How many exemptions cannot be used. */
    public int invalidExemptions() {
        return (int) exemptionOutcomes.stream()
                .filter(outcome -> outcome.error() != null)
                .count();
    }

    /** Begins to watch. */
    public void start() {
        cluster.watchPolicies();
        var _ = reader.scheduleWithFixedDelay(this::wake, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
        wake();
    }

    /** Something has changed; does not block. */
    public void wake() {
        if (awake.compareAndSet(false, true)) {
            try {
                reader.execute(this::tryRead);
            } catch (RejectedExecutionException closing) {
                awake.set(false);
            }
        }
    }

    // Whatever breaks, the next change must find somebody who listens.
    @SuppressWarnings("CatchingUnchecked")
    private void tryRead() {
        awake.set(false);
        try {
            read();
        } catch (RejectedExecutionException closing) {
            // there is nobody left to tell
        } catch (RuntimeException fault) {
            alarms.broken("the policies of the cluster could not be read", fault);
        }
    }

    private void read() {
        if (!cluster.knowsPolicies()) {
            return;
        }
        alarms.watching(cluster.watching());
        List<Outcome<Policy>> read = policies.read(cluster.policies(), clock.instant());
        cluster.watchExemptions(Composition.exemptionNamespaces(read, exemptionNamespaces));
        // What counts is whether they were all there before they were read.
        boolean synced = cluster.synced();
        List<Outcome<Exemption>> leaves = exemptions.read(cluster.exemptions(), clock.instant());
        exemptionOutcomes = leaves;
        Composition composition = Composition.of(read, leaves, defaultMode, exemptionNamespaces);
        if (!composition.set().version().equals(inForce.get().version())) {
            inForce.put(composition.set());
        }
        origins = new Origins(
                composition.alarm(),
                read.stream().map(Outcome::origin).toList(),
                leaves.stream().map(Outcome::origin).toList(),
                Stream.concat(read.stream().map(Outcome::good), leaves.stream().map(Outcome::good))
                        .filter(Objects::nonNull)
                        .map(ClusterResources::written)
                        .map(JsonNode.class::cast)
                        .toList());
        alarms.invalid((int) read.stream().filter(one -> one.error() != null).count());
        alarms.builtIn(composition.alarm() != null, String.valueOf(composition.alarm()));
        cluster.watchControllers(inForce.get(), clock.instant());
        complete |= synced && cluster.synced();
        wanted = wanted(read, leaves);
        if (tellsStatuses && writing.compareAndSet(false, true)) {
            writer.execute(this::tryWrite);
        }
    }

    private List<StatusKeeper.Wanted> wanted(List<Outcome<Policy>> read, List<Outcome<Exemption>> leaves) {
        List<StatusKeeper.Wanted> all = new ArrayList<>();
        read.forEach(outcome -> all.add(new StatusKeeper.Wanted(outcome.resource(), ResourceStatus.ofPolicy(outcome))));
        leaves.forEach(outcome -> all.add(new StatusKeeper.Wanted(
                outcome.resource(), ResourceStatus.ofExemption(outcome, clock.instant(), use))));
        return all;
    }

    // A status is worth less than the next one.
    @SuppressWarnings("CatchingUnchecked")
    private void tryWrite() {
        writing.set(false);
        try {
            statuses.keep(wanted);
        } catch (RuntimeException fault) {
            alarms.broken("statuses could not be written", fault);
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
        writer.shutdownNow();
    }
}
