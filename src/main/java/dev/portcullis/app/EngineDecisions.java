package dev.portcullis.app;

import dev.portcullis.engine.EngineCall;
import dev.portcullis.engine.EngineDecider;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Printable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for an engine only by policies that are complete, counts what is decided, and writes down what an engine has no way
 * to tell: what was denied to whom, and what would be.
 */
final class EngineDecisions implements EngineDecider {
    private static final Logger LOG = LoggerFactory.getLogger(EngineDecisions.class);
    private static final int LONGEST = 200;

    private final EngineDecider gate;
    private final Readiness readiness;
    private final DecisionMetrics metrics;
    private final Keeping keeping;
    private final Counter refused;

    EngineDecisions(
            EngineDecider gate, Readiness readiness, DecisionMetrics metrics, Keeping keeping, MeterRegistry registry) {
        this.gate = gate;
        this.readiness = readiness;
        this.metrics = metrics;
        this.keeping = keeping;
        this.refused = Counter.builder("portcullis.refused")
                .description("Requests that could not be judged")
                .tag("route", "/AuthZPlugin.AuthZReq")
                .register(registry);
    }

    @Override
    public EngineVerdict decide(EngineCall call) {
        long start = System.nanoTime();
        String awaited = readiness.waitingFor();
        EngineVerdict verdict =
                awaited == null ? gate.decide(call) : EngineVerdict.refused(Readiness.sentence(awaited));
        Report report = verdict.report();
        switch (verdict.basis()) {
            case ROUTE -> metrics.unjudged();
            case REFUSAL -> refused.increment();
            case POLICIES -> {
                if (report != null) {
                    metrics.decided(report);
                }
            }
        }
        record(call, verdict);
        keeping.keep(call, verdict, Duration.ofNanos(System.nanoTime() - start));
        return verdict;
    }

    private static void record(EngineCall call, EngineVerdict verdict) {
        if (!verdict.allowed()) {
            LOG.info("denied {}: {}", said(call), verdict.message());
            return;
        }
        Report report = verdict.report();
        List<String> found = report == null ? List.of() : found(report);
        if (!found.isEmpty()) {
            LOG.info("allowed {}, which fails {}", said(call), String.join(", ", found));
        }
    }

    private static List<String> found(Report report) {
        return Stream.of(Mode.WARN, Mode.AUDIT)
                .flatMap(mode -> report.violations(mode).stream())
                .map(Judged::finding)
                .map(finding -> finding.check().id())
                .distinct()
                .collect(Collectors.toList());
    }

    private static String said(EngineCall call) {
        String user = call.requester().user();
        return Printable.text(call.method() + " " + call.uri(), LONGEST)
                + (user == null ? "" : " of " + Printable.text(user, LONGEST));
    }
}
