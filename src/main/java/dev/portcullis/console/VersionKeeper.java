package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.PolicyVersion;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.Origins;
import dev.portcullis.resource.Origins.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each version of the policies that is in force, by a thread of its own that looks once a second. */
public final class VersionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VersionKeeper.class);
    private static final long PAUSE_SECONDS = 1;
    private static final Duration BETWEEN_SIGNS = Duration.ofMinutes(1);
    private static final int FAREWELL_SECONDS = 5;

    private final Governing governing;
    private final BooleanSupplier complete;
    private final History history;
    private final InstantSource clock;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("policy-versions").daemon().factory());
    private @Nullable String kept;
    private Instant due = Instant.EPOCH;

    private VersionKeeper(Governing governing, BooleanSupplier complete, History history, InstantSource clock) {
        this.governing = governing;
        this.complete = complete;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Begins to look.
     *
     * @param complete whether the policies have all been read once
     */
    public static VersionKeeper start(
            Governing governing, BooleanSupplier complete, History history, InstantSource clock) {
        VersionKeeper keeper = new VersionKeeper(governing, complete, history, clock);
        var _ = keeper.looker.scheduleWithFixedDelay(keeper::tryLook, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
        return keeper;
    }

    // A look that breaks must not be the last.
    @SuppressWarnings("CatchingUnchecked")
    private void tryLook() {
        try {
            look();
        } catch (HistoryUnavailableException away) {
            LOG.debug("the version of the policies is kept later", away);
        } catch (RuntimeException fault) {
            LOG.warn("the version of the policies could not be kept", fault);
            due = clock.instant().plus(BETWEEN_SIGNS);
        }
    }

    private void look() throws HistoryUnavailableException {
        Instant now = clock.instant();
        PolicySet set = governing.set().get();
        boolean same = set.version().equals(kept);
        if (!complete.getAsBoolean() || (now.isBefore(due) && (same || kept == null))) {
            return;
        }
        Origins origins = governing.origins().get();
        if (!Snapshot.agree(set, origins)) {
            return;
        }
        if (kept != null && !same) {
            history.policiesSeen(kept, now);
        }
        history.keepPolicies(
                new PolicyVersion(set.version(), now, now, source(origins)),
                Snapshot.of(set, origins).written());
        kept = set.version();
        due = now.plus(BETWEEN_SIGNS);
    }

    private static String source(Origins origins) {
        String sources = origins.policies().stream()
                .filter(Origin::used)
                .map(Origin::source)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return sources.isEmpty() ? "built-in" : sources;
    }

    /** Never by an interrupt, at which a database closes its file. */
    @Override
    public void close() {
        looker.shutdown();
        try {
            if (!looker.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a version of the policies is still being written; it is left alone");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
