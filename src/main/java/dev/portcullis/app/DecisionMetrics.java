package dev.portcullis.app;

import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.Decided;
import dev.portcullis.admission.Refused;
import dev.portcullis.admission.Route;
import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.live.ExemptionUse;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Counts what is decided. Every label has few values, known beforehand. */
final class DecisionMetrics implements AdmissionEvents {
    private final Counter allowed;
    private final Counter denied;
    private final Counter unjudged;
    private final Counter patched;
    private final Map<Route, Counter> refused = new HashMap<>();
    private final Map<String, Counter> failed = new HashMap<>();
    private final Counter others;
    private final ExemptionUse use;

    DecisionMetrics(MeterRegistry registry, ExemptionUse use) {
        this.use = use;
        String decisions = "portcullis.decisions";
        String about = "Requests judged";
        allowed = Counter.builder(decisions)
                .description(about)
                .tag("decision", "allow")
                .register(registry);
        denied = Counter.builder(decisions)
                .description(about)
                .tag("decision", "deny")
                .register(registry);
        unjudged = Counter.builder("portcullis.unjudged")
                .description("Requests that concern nothing that is judged")
                .register(registry);
        patched = Counter.builder("portcullis.patched")
                .description("Pods that fields were added to")
                .register(registry);
        for (Route route : Route.values()) {
            refused.put(
                    route,
                    Counter.builder("portcullis.refused")
                            .description("Requests that could not be judged")
                            .tag("route", route.path())
                            .register(registry));
        }
        for (Check check : Catalogue.all()) {
            failed.put(check.info().id(), violations(registry, check.info().id()));
        }
        others = violations(registry, "rules");
    }

    private static Counter violations(MeterRegistry registry, String check) {
        return Counter.builder("portcullis.violations")
                .description("Violations found, whatever their mode; all that policies' own rules find under one name")
                .tag("check", check)
                .register(registry);
    }

    @Override
    public void decided(Decided decided) {
        decided(decided.report());
    }

    void decided(Report report) {
        (report.allowed() ? allowed : denied).increment();
        use.learn(report);
        for (Judged judged : report.findings()) {
            if (judged.counts()) {
                failed.getOrDefault(judged.finding().check().id(), others).increment();
            }
        }
    }

    @Override
    public void refused(Refused about) {
        Objects.requireNonNull(refused.get(about.route())).increment();
    }

    @Override
    public void unjudged() {
        unjudged.increment();
    }

    @Override
    public void patched(int operations) {
        if (operations > 0) {
            patched.increment();
        }
    }
}
