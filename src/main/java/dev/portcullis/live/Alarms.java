package dev.portcullis.live;

import dev.portcullis.workload.Printable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what has become of the policies, each change once. */
public final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final int LONGEST_LINE = 500;

    private final AtomicInteger invalid = new AtomicInteger();
    private final AtomicInteger builtIn = new AtomicInteger();
    private final AtomicBoolean watching = new AtomicBoolean(true);
    private final Counter loaded;
    private final Counter refused;
    private final Counter broken;

    /** Alarms that metrics show. */
    public Alarms(MeterRegistry registry) {
        Gauge.builder("portcullis.policy.invalid", invalid, AtomicInteger::get)
                .description("Policies, or files of them, whose newest version cannot be used")
                .register(registry);
        Gauge.builder("portcullis.policy.builtin", builtIn, AtomicInteger::get)
                .description("1 while the built-in policy is in force because there is no other, or none to rely on")
                .register(registry);
        loaded = reloads(registry, "loaded");
        refused = reloads(registry, "refused");
        broken = Counter.builder("portcullis.policy.errors")
                .description("Resources that could not be handled for a fault of the gate's own")
                .register(registry);
    }

    private static Counter reloads(MeterRegistry registry, String result) {
        return Counter.builder("portcullis.policy.reloads")
                .description("New versions of policies and exemptions")
                .tag("result", result)
                .register(registry);
    }

    /** How many cannot be used now. */
    void invalid(int count) {
        invalid.set(count);
    }

    void loaded(String what) {
        loaded.increment();
        LOG.info("{}", cut(what));
    }

    void refused(String what) {
        refused.increment();
        LOG.warn("{}", cut(what));
    }

    /** Something broke that must not break more. */
    void broken(String what, RuntimeException fault) {
        broken.increment();
        LOG.error("{}", cut(what), fault);
    }

    /** Whether changes are learned of, which is said when it ends and when it begins again. */
    void watching(boolean now) {
        if (watching.getAndSet(now) == now) {
            return;
        }
        if (now) {
            LOG.info("changes in the cluster are learned of again");
        } else {
            LOG.warn("changes in the cluster are not learned of now: decisions go on by what is known");
        }
    }

    /** Whether the built-in policy has taken the place of others, which is said when it begins and when it ends. */
    void builtIn(boolean now, String why) {
        if (builtIn.getAndSet(now ? 1 : 0) == (now ? 1 : 0)) {
            return;
        }
        if (now) {
            LOG.error("{}", cut(why));
        } else {
            LOG.info("the built-in policy is not in force any more");
        }
    }

    private static String cut(String line) {
        return Printable.text(line, LONGEST_LINE);
    }
}
