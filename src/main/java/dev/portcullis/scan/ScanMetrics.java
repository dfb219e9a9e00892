package dev.portcullis.scan;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how the looking at a cluster goes. */
public final class ScanMetrics {
    private final Timer passes;
    private final Counter failures;
    private final AtomicInteger workloads = new AtomicInteger();
    private final AtomicLong judged = new AtomicLong();
    private long counted;

    /** Shows it in a registry. */
    public ScanMetrics(MeterRegistry registry) {
        this.passes = Timer.builder("portcullis.scan.pass")
                .description("Looks at the whole cluster, or at all of one namespace")
                .register(registry);
        this.failures = Counter.builder("portcullis.scan.failures")
                .description("Looks at the cluster that could not be completed")
                .register(registry);
        Gauge.builder("portcullis.scan.workloads", workloads, AtomicInteger::get)
                .description("Workloads that stand for themselves, as the leading console has judged them")
                .register(registry);
        FunctionCounter.builder("portcullis.scan.judged", judged, AtomicLong::get)
                .description("Objects judged by scans, those among them that had changed")
                .register(registry);
    }

    void passed(Duration time, Survey survey) {
        passes.record(time);
        settled(survey);
    }

    /** Each leadership begins a survey of its own. */
    synchronized void settled(Survey survey) {
        workloads.set(survey.standing());
        long now = survey.judged();
        judged.addAndGet(now >= counted ? now - counted : now);
        counted = now;
    }

    void failed() {
        failures.increment();
    }

    /** This process looks no more. */
    public synchronized void ended() {
        workloads.set(0);
        counted = 0;
    }
}
