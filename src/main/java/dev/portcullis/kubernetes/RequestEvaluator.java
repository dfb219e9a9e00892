package dev.portcullis.kubernetes;

import dev.portcullis.kubernetes.AdmissionRequest.Operation;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Workload;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges the workloads that an API server is asked for. Of an update only what is new in it denies. */
public final class RequestEvaluator {
    private final Evaluator evaluator = new Evaluator(false);
    private final ClusterKnowledge cluster;

    /** One for requests to a cluster. */
    public RequestEvaluator(ClusterKnowledge cluster) {
        this.cluster = cluster;
    }

    /**
     * What policies make of a request.
     *
     * @param workload the one that is asked for
     * @param now by which exemptions expire
     */
    public Report evaluate(AdmissionRequest request, Workload workload, PolicySet policies, Instant now) {
        Circumstances circumstances = request.circumstances(now, cluster);
        Report report = evaluator.evaluate(workload, policies, circumstances);
        if (!request.isPod()) {
            report = report.withFixesToCome();
        }
        if (request.operation() != Operation.UPDATE || report.allowed()) {
            return report;
        }
        if (!request.isPod()) {
            return request.keepsTemplate() ? report.warningOnly() : report;
        }
        Optional<Workload> before = request.workloadBefore();
        return before.isEmpty()
                ? report
                : report.since(
                        evaluator.evaluate(before.get(), policies, circumstances.before()),
                        renewed(before.get(), workload));
    }

    /** The containers that are new or whose image is not the one they had. */
    private static Set<String> renewed(Workload before, Workload after) {
        Map<String, String> images = new HashMap<>();
        before.containers().forEach(container -> images.put(container.name(), image(container)));
        Set<String> renewed = new HashSet<>();
        for (Container container : after.containers()) {
            if (!image(container).equals(images.get(container.name()))) {
                renewed.add(container.name());
            }
        }
        return renewed;
    }

    private static String image(Container container) {
        String image = container.image().effective();
        return image == null ? "" : image;
    }
}
