package dev.portcullis.cluster;

import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.workload.Platform;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Controllers of one kind in one namespace. */
record ControllerKind(String namespace, Kind kind) implements Comparable<ControllerKind> {
    /** For the kind that an exemption names, those of the controllers between it and its pods, and itself. */
    private static final Map<String, List<Kind>> CHAINS = Map.of(
            "Deployment", List.of(Kind.DEPLOYMENT, Kind.REPLICA_SET),
            "ReplicaSet", List.of(Kind.REPLICA_SET),
            "StatefulSet", List.of(Kind.STATEFUL_SET),
            "DaemonSet", List.of(Kind.DAEMON_SET),
            "Job", List.of(Kind.JOB),
            "CronJob", List.of(Kind.CRON_JOB, Kind.JOB),
            "ReplicationController", List.of(Kind.REPLICATION_CONTROLLER));

    /** Those that must be known for the exemptions of a set to cover pods. */
    static Set<ControllerKind> neededFor(PolicySet policies, Instant now) {
        Set<ControllerKind> needed = new HashSet<>();
        for (Exemption exemption : policies.exemptions()) {
            String namespace = exemption.subject().namespace();
            if (exemption.subject().platform() == Platform.KUBERNETES && namespace != null && exemption.countsAt(now)) {
                for (Kind kind : CHAINS.getOrDefault(exemption.subject().kind(), List.of())) {
                    needed.add(new ControllerKind(namespace, kind));
                }
            }
        }
        return needed;
    }

    @Override
    public int compareTo(ControllerKind other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace == 0 ? kind.compareTo(other.kind) : byNamespace;
    }
}
