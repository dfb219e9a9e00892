package dev.portcullis.app;

import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.Decided;
import dev.portcullis.admission.Refused;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Printable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is denied, with the API server's name for the request, by which its audit log has it too. */
record DecisionLog(AdmissionEvents next) implements AdmissionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
    private static final int LONGEST = 300;

    @Override
    public void decided(Decided decided) {
        next.decided(decided);
        AdmissionRequest request = decided.request();
        Report report = decided.report();
        if (!report.allowed() && LOG.isInfoEnabled()) {
            LOG.atInfo()
                    .addKeyValue("request", shown(request.uid()))
                    .addKeyValue("policies", report.version())
                    .log(
                            "denied {} {}{} by {}: {}; request {}{}",
                            request.operation(),
                            shown(report.subject().display()),
                            request.subresource().isEmpty() ? "" : ", " + shown(request.subresource()),
                            shown(String.valueOf(request.username())),
                            checks(report),
                            shown(request.uid()),
                            request.dryRun() ? ", a dry run" : "");
        }
    }

    /** Whoever makes a request chooses most of what it says. */
    private static String shown(String text) {
        return Printable.text(text, LONGEST);
    }

    private static String checks(Report report) {
        return report.findings().stream()
                .filter(Judged::denies)
                .map(judged -> judged.finding().check().id())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    @Override
    public void refused(Refused refused) {
        next.refused(refused);
    }

    @Override
    public void unjudged() {
        next.unjudged();
    }

    @Override
    public void patched(int operations) {
        next.patched(operations);
    }
}
