package dev.portcullis.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What is measured of a target. */
final class Meters {
    private final Counter sent;
    private final Counter failed;
    private final Counter lost;
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean failing;

    Meters(String target, MeterRegistry registry) {
        sent = Counter.builder("portcullis.notifications.sent")
                .description("Messages that a target has taken")
                .tag("target", target)
                .register(registry);
        failed = Counter.builder("portcullis.notifications.failed")
                .description("Attempts to send a message that failed")
                .tag("target", target)
                .register(registry);
        lost = Counter.builder("portcullis.notifications.lost")
                .description("Decisions and digests that a target was not told of")
                .tag("target", target)
                .register(registry);
        Gauge.builder("portcullis.notifications.waiting", waiting, AtomicLong::get)
                .description("Decisions that are still to be looked at for a target")
                .tag("target", target)
                .register(registry);
        Gauge.builder("portcullis.notifications.failing", this, each -> each.failing ? 1 : 0)
                .description("1 while a target takes no messages; decisions go on")
                .tag("target", target)
                .register(registry);
    }

    void sent() {
        failing = false;
        sent.increment();
    }

    void failed() {
        failing = true;
        failed.increment();
    }

    void left() {
        failing = false;
        waiting.set(0);
    }

    void lost(long count) {
        lost.increment((double) count);
    }

    void waiting(long decisions) {
        waiting.set(decisions);
    }
}
