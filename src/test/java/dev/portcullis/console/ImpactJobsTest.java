package dev.portcullis.console;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ImpactJobsTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;
    private final ImpactJobs jobs = new ImpactJobs(clock, Duration.ofMinutes(10));

    @AfterEach
    void end() {
        jobs.close();
    }

    private static void awaitEnd(ImpactJob job) {
        await().atMost(10, SECONDS).until(() -> !job.isRunning());
    }

    private static String state(ImpactJob job) {
        return job.json(true).path("state").stringValue("");
    }

    @Test
    void triesOneAtATime() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ImpactJob first = jobs.begin("first", (_, _) -> go.await()).orElseThrow();

        assertThat(jobs.begin("second", (_, _) -> {})).isEmpty();
        assertThat(state(first)).isEqualTo("running");
        assertThat(first.json(true).path("impact").isNull()).isTrue();
        go.countDown();
        awaitEnd(first);

        assertThat(state(first)).isEqualTo("done");
        assertThat(Answer.JSON
                        .readTree(Answer.JSON.writeValueAsString(first.json(true)))
                        .at("/impact/summary/judged")
                        .intValue())
                .isZero();
        assertThat(jobs.begin("second", (_, _) -> {})).isPresent();
    }

    @Test
    void keepsTheLastFive() {
        for (int i = 0; i < 7; i++) {
            awaitEnd(jobs.begin("trial " + i, (_, _) -> {}).orElseThrow());
        }

        assertThat(jobs.list())
                .hasSize(5)
                .first()
                .satisfies(job ->
                        assertThat(job.json(false).path("source").stringValue()).isEqualTo("trial 6"));
    }

    @Test
    void givesUpWhatTakesTooLong() {
        ImpactJob job = jobs.begin("long", (_, over) -> {
                    now.set(NOON.plus(Duration.ofMinutes(11)));
                    assertThat(over.getAsBoolean()).isTrue();
                    throw new ImpactJobs.GivenUpException();
                })
                .orElseThrow();
        awaitEnd(job);

        assertThat(state(job)).isEqualTo("failed");
        assertThat(job.json(false).path("problem").stringValue()).contains("10 minutes");
    }

    @Test
    void neverTellsHalfOfItAsIfItWereAll() {
        ImpactJob job = jobs.begin("long", (_, _) -> now.set(NOON.plus(Duration.ofMinutes(11))))
                .orElseThrow();
        awaitEnd(job);

        assertThat(state(job)).isEqualTo("failed");
        assertThat(job.json(true).path("impact").isNull()).isTrue();
    }

    @Test
    void saysWhyItCouldNotBeDone() {
        ImpactJob job = jobs.begin("broken", (_, _) -> {
                    throw new IllegalStateException("pods cannot be listed: it is forbidden");
                })
                .orElseThrow();
        awaitEnd(job);

        assertThat(job.json(false).path("problem").stringValue()).isEqualTo("pods cannot be listed: it is forbidden");
        assertThat(jobs.begin("next", (_, _) -> {})).isPresent();
    }

    @Test
    void endsWithTheServer() {
        CountDownLatch begun = new CountDownLatch(1);
        ImpactJob job = jobs.begin("endless", (_, over) -> {
                    begun.countDown();
                    while (!over.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                })
                .orElseThrow();
        await().until(() -> begun.getCount() == 0);

        jobs.close();

        assertThat(job.isRunning()).isFalse();
        assertThat(Optional.of(job).map(ImpactJobsTest::state)).hasValue("failed");
        assertThat(jobs.begin("after", (_, _) -> {})).isEmpty();
    }
}
