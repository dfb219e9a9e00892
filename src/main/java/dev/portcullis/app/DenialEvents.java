package dev.portcullis.app;

import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.Decided;
import dev.portcullis.admission.Refused;
import dev.portcullis.cluster.PodsDenied;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.OwnerReference;
import dev.portcullis.policy.Messages;
import dev.portcullis.policy.Report;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Has controllers told why their pods are denied; whoever makes a pod by himself reads that in the answer. Dry runs tell nobody. */
record DenialEvents(AdmissionEvents next, Consumer<PodsDenied> told, InstantSource clock) implements AdmissionEvents {
    @Override
    public void decided(Decided decided) {
        next.decided(decided);
        AdmissionRequest request = decided.request();
        Report report = decided.report();
        String namespace = request.namespace();
        if (report.allowed()
                || request.dryRun()
                || request.operation() != AdmissionRequest.Operation.CREATE
                || !request.isPod()
                || request.object() == null
                || namespace == null) {
            return;
        }
        OwnerReference controller = OwnerReference.ofController(request.object());
        if (controller != null) {
            told.accept(new PodsDenied(namespace, controller, Messages.note(report), clock.instant()));
        }
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
