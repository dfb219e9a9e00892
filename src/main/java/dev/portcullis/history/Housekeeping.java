package dev.portcullis.history;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done between two batches, a step at a time, so that decisions that wait are written between two. */
final class Housekeeping {
    private static final Duration BETWEEN = Duration.ofSeconds(15);
    private static final Duration BETWEEN_POSTURES = Duration.ofMinutes(5);

    private final Settings settings;
    private final Instant started;
    private final @Nullable Own own;
    private Instant due = Instant.EPOCH;
    private Instant postureDue = Instant.EPOCH;

    /** What a gate says of itself. */
    @FunctionalInterface
    interface Own {
        GateState at(Instant now);
    }

    /**
     * What is done for one process.
     *
     * @param started since when it runs
     * @param own null where it does not decide
     */
    Housekeeping(Settings settings, Instant started, @Nullable Own own) {
        this.settings = settings;
        this.started = started;
        this.own = own;
    }

    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    void postpone(Instant now) {
        due = now.plus(BETWEEN);
    }

    /** Does a step; once there is none left, the next is due in a while. */
    void step(Database database, Instant now) {
        if (settings.decides()) {
            new Outages(database).beat(started, now);
        }
        Gates gates = new Gates(database);
        if (own != null) {
            gates.hear(own.at(now), started, now);
        }
        Retention retention = new Retention(database, settings);
        boolean more = new Hourly(database).step() || retention.step(now);
        if (more) {
            return;
        }
        retention.forget(now);
        gates.forget(now);
        if (!now.isBefore(postureDue) && new Postures(database).keep(now)) {
            postureDue = now.plus(BETWEEN_POSTURES);
        }
        postpone(now);
    }
}
