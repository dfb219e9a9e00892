package dev.portcullis.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands decisions over, in batches, by a thread of its own. While nobody takes them it keeps as many as a history would, and
 * tries again; what it had no room for is counted, here and where they are kept.
 */
public final class HandOver implements Recorder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
    private static final long IDLE_MILLIS = 1_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(15);

    private final Delivery delivery;
    private final InstantSource clock;
    private final Instant started;
    private final Intake intake;
    private final Counter delivered;
    private final Timings timings;
    private final Worker worker =
            new Worker("hand-over", LOG, LONGEST_PAUSE, "decisions are handed over again", this::run);
    private Instant beatDue;

    private HandOver(
            Delivery delivery, Path counts, InstantSource clock, MeterRegistry registry, Supplier<GateState> itself) {
        this.delivery = delivery;
        timings = new Timings(itself);
        this.clock = clock;
        started = clock.instant();
        beatDue = started;
        Counter dropped = Counter.builder("portcullis.handover.dropped")
                .description(
                        "Decisions that the console was never given, since it was away for too long or refused them")
                .register(registry);
        intake = Intake.counting(counts, dropped);
        delivered = Counter.builder("portcullis.handover.delivered")
                .description("Decisions that were handed over to the console")
                .register(registry);
        Gauge.builder("portcullis.handover.waiting", intake, Intake::waiting)
                .description("Decisions that wait to be handed over, " + Pending.MOST + " at most")
                .register(registry);
        Gauge.builder("portcullis.handover.failing", worker, self -> self.isFailing() ? 1 : 0)
                .description("1 while the console takes no decisions; they go on")
                .register(registry);
    }

    /**
     * Begins to hand over.
     *
     * @param counts a file that outlives the process, so that the next one tells how many were lost when this is killed
     * @param itself what the gate is
     */
    public static HandOver start(
            Delivery delivery, Path counts, InstantSource clock, MeterRegistry registry, Supplier<GateState> itself) {
        HandOver handOver = new HandOver(delivery, counts, clock, registry, itself);
        handOver.intake.begin();
        handOver.worker.start();
        return handOver;
    }

    @Override
    public boolean record(long bytes, Supplier<Entry> entry) {
        return intake.record(bytes, entry);
    }

    private void run() throws InterruptedException {
        while (!worker.isClosing() || intake.waiting() > 0) {
            List<Entry> entries = intake.take(Batch.MOST_ENTRIES, worker.isClosing() ? 0 : IDLE_MILLIS);
            timings.add(entries);
            if (entries.isEmpty() && !clock.instant().isBefore(beatDue)) {
                worker.untilDone(() -> attempt(entries));
            }
            for (List<Entry> part : parts(entries)) {
                worker.untilDone(() -> attempt(part));
            }
        }
        if (!worker.isFailing()) {
            attempt(List.of());
        }
    }

    /** None that weighs more than a batch may, unless a single decision does. */
    private static List<List<Entry>> parts(List<Entry> entries) {
        List<List<Entry>> parts = new ArrayList<>();
        int begin = 0;
        long weight = 0;
        for (int i = 0; i < entries.size(); i++) {
            long more = Batch.weight(entries.get(i));
            if (weight + more > Batch.MOST_WEIGHT && i > begin) {
                parts.add(entries.subList(begin, i));
                begin = i;
                weight = 0;
            }
            weight += more;
        }
        if (begin < entries.size()) {
            parts.add(entries.subList(begin, entries.size()));
        }
        return parts;
    }

    /** Whether there is nothing more to be done about these. */
    private boolean attempt(List<Entry> entries) throws InterruptedException {
        long losing = intake.lost();
        try {
            delivery.deliver(batch(losing, entries).pack());
        } catch (UndeliveredException undelivered) {
            if (!undelivered.refused()) {
                worker.failed("decisions cannot be handed over: " + undelivered.sentence(), undelivered);
                return false;
            }
            LOG.error("{} decisions are lost: {}", entries.size(), undelivered.sentence());
            intake.settleLost(entries.size());
            beatDue = clock.instant().plus(BETWEEN_BEATS);
            return true;
        }
        intake.told(losing);
        intake.settle(entries.size());
        delivered.increment(entries.size());
        beatDue = clock.instant().plus(BETWEEN_BEATS);
        worker.recovered();
        return true;
    }

    /** The last one says that the gate ends. */
    private Batch batch(long losing, List<Entry> entries) {
        boolean leaving = worker.isClosing() && entries.isEmpty();
        return Batch.of(
                started, losing, entries, timings.state(clock.instant(), intake.waiting(), intake.dropped(), leaving));
    }

    /** Hands over what waits, for a few seconds at most. */
    @Override
    public void close() {
        worker.close();
        intake.close();
    }
}
