package dev.portcullis.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trials of policies, one at a time by a thread of its own; the last few are kept. */
final class ImpactJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImpactJobs.class);
    private static final int MOST_KEPT = 5;
    private static final int FAREWELL_SECONDS = 5;

    private final InstantSource clock;
    private final Duration longest;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("impact").daemon().factory());
    private final Deque<ImpactJob> jobs = new ArrayDeque<>();
    private volatile boolean closing;

    /**
     * None yet.
     *
     * @param longest after which a trial is given up
     */
    ImpactJobs(InstantSource clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
    }

    /** What is done in one trial. */
    @FunctionalInterface
    interface Trial {
        /**
         * Tries.
         *
         * @param over whether it is time to end; to be asked between any two matters, since it also rests there
         * @throws Exception telling in its message why it cannot be done
         */
        void run(ImpactJob job, BooleanSupplier over) throws Exception;
    }

    /**
     * Begins one; empty while another runs.
     *
     * @param source what it is tried on, for people
     */
    synchronized Optional<ImpactJob> begin(String source, Trial trial) {
        if (closing || jobs.stream().anyMatch(ImpactJob::isRunning)) {
            return Optional.empty();
        }
        ImpactJob job = new ImpactJob(UUID.randomUUID().toString(), source, clock.instant());
        if (jobs.size() == MOST_KEPT) {
            jobs.removeLast();
        }
        jobs.addFirst(job);
        thread.execute(() -> run(job, trial));
        return Optional.of(job);
    }

    /** Those that are kept, the latest first. */
    synchronized List<ImpactJob> list() {
        return List.copyOf(jobs);
    }

    // Whatever goes wrong, nobody is to wait for this one for ever.
    @SuppressWarnings("CatchingUnchecked")
    private void run(ImpactJob job, Trial trial) {
        Instant latest = clock.instant().plus(longest);
        Pace pace = new Pace();
        BooleanSupplier over = () -> {
            pace.rest();
            return closing || clock.instant().isAfter(latest);
        };
        try {
            trial.run(job, over);
            if (over.getAsBoolean()) {
                job.fail(givenUp(), clock.instant());
            } else {
                job.end(clock.instant());
            }
        } catch (GivenUpException _) {
            job.fail(givenUp(), clock.instant());
        } catch (Exception failed) {
            LOG.info("a policy could not be tried: {}", String.valueOf(failed.getMessage()));
            LOG.debug("the cause", failed);
            job.fail(String.valueOf(failed.getMessage()), clock.instant());
        }
    }

    private String givenUp() {
        return closing
                ? "the server stopped meanwhile: try again"
                : "given up after " + longest.toMinutes() + " minutes: try a shorter time, or one namespace";
    }

    /** Leaves a third of its core to those who decide, whose requests cannot wait; priorities of threads do nothing. */
    private static final class Pace {
        private static final long WORK_NANOS = 10_000_000;

        private long since = System.nanoTime();

        void rest() {
            if (System.nanoTime() - since > WORK_NANOS) {
                LockSupport.parkNanos(WORK_NANOS / 2);
                since = System.nanoTime();
            }
        }
    }

    /** It is time to end, where there is no other way to say it. */
    static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUpException() {
            super("given up", null, false, false);
        }
    }

    /** Never by an interrupt, at which a database closes its file. */
    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a trial of a policy does not end; it is left alone");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
