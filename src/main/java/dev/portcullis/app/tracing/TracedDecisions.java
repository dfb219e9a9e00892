package dev.portcullis.app.tracing;

import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.Decided;
import dev.portcullis.admission.Refused;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.policy.Report;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;

/** Tells the span of a request what was decided: nothing that a tenant wrote, but for the kind and the namespace. */
public record TracedDecisions(AdmissionEvents next) implements AdmissionEvents {
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("portcullis.operation");
    private static final AttributeKey<String> KIND = AttributeKey.stringKey("portcullis.kind");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("k8s.namespace.name");
    private static final AttributeKey<String> DECISION = AttributeKey.stringKey("portcullis.decision");
    private static final AttributeKey<String> POLICY = AttributeKey.stringKey("portcullis.policy.version");
    private static final AttributeKey<Boolean> DRY_RUN = AttributeKey.booleanKey("portcullis.dry_run");
    private static final AttributeKey<Long> OPERATIONS = AttributeKey.longKey("portcullis.patch.operations");

    @Override
    public void decided(Decided decided) {
        next.decided(decided);
        AdmissionRequest request = decided.request();
        Report report = decided.report();
        Span span = Span.current();
        span.setAttribute(OPERATION, request.operation().name());
        span.setAttribute(KIND, request.kind());
        span.setAttribute(DECISION, report.allowed() ? "allow" : "deny");
        span.setAttribute(POLICY, report.version());
        span.setAttribute(DRY_RUN, request.dryRun());
        if (request.namespace() != null) {
            span.setAttribute(NAMESPACE, request.namespace());
        }
    }

    @Override
    public void refused(Refused refused) {
        next.refused(refused);
        Span.current().setAttribute(DECISION, "refused");
    }

    @Override
    public void unjudged() {
        next.unjudged();
        Span.current().setAttribute(DECISION, "unjudged");
    }

    @Override
    public void patched(int operations) {
        next.patched(operations);
        Span.current().setAttribute(OPERATIONS, (long) operations);
    }
}
