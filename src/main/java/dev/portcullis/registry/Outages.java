package dev.portcullis.registry;

import dev.portcullis.workload.Printable;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves registries that do not answer alone for a while, and says so once in that time. */
final class Outages {
    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final int MOST = 1_000;
    private static final int LONGEST_LINE = 500;

    private final Duration pause;
    private final Bounded<Host, Instant> away = new Bounded<>(MOST);
    private final Bounded<Host, Instant> told = new Bounded<>(MOST);

    Outages(Duration pause) {
        this.pause = pause;
    }

    /** Whether a registry is to be left alone. */
    synchronized boolean isAway(Host registry, Instant now) {
        return holds(away, registry, now);
    }

    void failed(ImageName name, LookupException why, Instant now) {
        if (learn(name.registry(), why, now)) {
            LOG.warn(
                    "{}",
                    Printable.text(
                            "no digest of " + name + ": " + why.sentence() + "; more of this registry is not told for "
                                    + pause.toSeconds() + " s",
                            LONGEST_LINE));
        }
    }

    /** Whether it is to be told. */
    private synchronized boolean learn(Host registry, LookupException why, Instant now) {
        if (why.isRegistryAway()) {
            away.put(registry, now.plus(pause));
        }
        boolean silent = holds(told, registry, now);
        if (!silent) {
            told.put(registry, now.plus(pause));
        }
        return !silent;
    }

    private static boolean holds(Bounded<Host, Instant> map, Host registry, Instant now) {
        Instant until = map.get(registry);
        return until != null && now.isBefore(until);
    }
}
