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
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(15);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Delivery delivery;
    private final InstantSource clock;
    private final Instant started;
    private final Intake intake;
    private final Counter delivered;
    private final Thread thread = Thread.ofPlatform().name("hand-over").daemon().unstarted(this::run);
    private Instant beatDue;
    private volatile boolean closing;
    private volatile boolean failing;

    private HandOver(Delivery delivery, Path counts, InstantSource clock, MeterRegistry registry) {
        this.delivery = delivery;
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
        Gauge.builder("portcullis.handover.failing", this, self -> self.failing ? 1 : 0)
                .description("1 while the console takes no decisions; they go on")
                .register(registry);
    }

    /**
     * Begins to hand over.
     *
     * @param counts a file that outlives the process, so that the next one tells how many were lost when this is killed
     */
    public static HandOver start(Delivery delivery, Path counts, InstantSource clock, MeterRegistry registry) {
        HandOver handOver = new HandOver(delivery, counts, clock, registry);
        handOver.intake.begin();
        handOver.thread.start();
        return handOver;
    }

    @Override
    public boolean record(long bytes, Supplier<Entry> entry) {
        return intake.record(bytes, entry);
    }

    private void run() {
        try {
            while (!closing || intake.waiting() > 0) {
                List<Entry> entries = intake.take(Batch.MOST_ENTRIES, closing ? 0 : IDLE_MILLIS);
                if (entries.isEmpty() && !clock.instant().isBefore(beatDue)) {
                    handOver(entries);
                }
                for (List<Entry> part : parts(entries)) {
                    handOver(part);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** None with more than its share of bodies, unless a single decision has. */
    private static List<List<Entry>> parts(List<Entry> entries) {
        List<List<Entry>> parts = new ArrayList<>();
        int begin = 0;
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            byte[] body = entries.get(i).body();
            long more = body == null ? 0 : body.length;
            if (bytes + more > Batch.MOST_BODY_BYTES && i > begin) {
                parts.add(entries.subList(begin, i));
                begin = i;
                bytes = 0;
            }
            bytes += more;
        }
        if (begin < entries.size()) {
            parts.add(entries.subList(begin, entries.size()));
        }
        return parts;
    }

    private void handOver(List<Entry> entries) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!attempt(entries)) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Whether there is nothing more to be done about these. */
    private boolean attempt(List<Entry> entries) throws InterruptedException {
        long losing = intake.lost();
        try {
            delivery.deliver(new Batch(started, losing, entries).pack());
            intake.told(losing);
            intake.settle(entries.size());
            delivered.increment(entries.size());
            beatDue = clock.instant().plus(BETWEEN_BEATS);
            recovered();
            return true;
        } catch (UndeliveredException undelivered) {
            if (undelivered.refused()) {
                LOG.error("{} decisions are lost: {}", entries.size(), undelivered.sentence());
                intake.settleLost(entries.size());
                beatDue = clock.instant().plus(BETWEEN_BEATS);
                return true;
            }
            failed(undelivered);
            return false;
        }
    }

    private void failed(UndeliveredException undelivered) {
        if (!failing) {
            LOG.error(
                    "decisions cannot be handed over: {}; they go on, and {} are kept until they can be",
                    undelivered.sentence(),
                    Pending.MOST);
            LOG.debug("the cause", undelivered);
        }
        failing = true;
    }

    private void recovered() {
        if (failing) {
            LOG.info("decisions are handed over again");
        }
        failing = false;
    }

    /** Hands over what waits, for a few seconds at most. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(FAREWELL)) {
                thread.interrupt();
                thread.join(FAREWELL);
            }
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        intake.close();
    }
}
