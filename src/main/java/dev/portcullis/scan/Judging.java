package dev.portcullis.scan;

import dev.portcullis.cluster.Controllers;
import dev.portcullis.inspection.ImpliedRequest;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.Manifests;
import dev.portcullis.kubernetes.OwnerReference;
import dev.portcullis.kubernetes.PodFacts;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.NamespaceKnowledge;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * By what the objects of a cluster are judged: as the gate would judge them if they were made now.
 *
 * @param policies those in force
 * @param cluster what is known of namespaces and owners
 * @param digests what is known of where tags point
 * @param clock by which exemptions expire
 */
public record Judging(
        Supplier<PolicySet> policies, ClusterKnowledge cluster, ImageDigests digests, InstantSource clock) {
    private static final Evaluator EVALUATOR = new Evaluator(true);

    /** What an object was judged by, in few bytes: an object that has not changed is judged alike by an equal one. */
    record Basis(String version, int exemptions, int namespace, int surroundings, long owner) {}

    /**
     * What an object would be judged by now.
     *
     * @param owner what its owner is like
     */
    Basis basis(PolicySet set, Manifests.Pods pods, long owner) {
        Subject subject = pods.workload().subject();
        String namespace = Objects.requireNonNullElse(subject.namespace(), "");
        int leave = leave(set, namespace);
        return new Basis(
                set.version(),
                leave,
                set.asksForNamespaces() ? cluster.namespace(namespace).hashCode() : 0,
                cluster.around(namespace, pods.object().pod()).hashCode(),
                leave == 0 ? 0 : owner);
    }

    /** Which exemptions count in a namespace now; 0 where none does. */
    private int leave(PolicySet set, String namespace) {
        Instant now = clock.instant();
        int leave = 0;
        for (Exemption exemption : set.exemptions()) {
            if (namespace.equals(exemption.subject().namespace()) && exemption.countsAt(now)) {
                leave = 31 * leave + exemption.hashCode();
            }
        }
        return leave;
    }

    /** The same, where owners are asked for one by one, since watches of them may lag behind, and more is known around pods. */
    Judging asking(Controllers controllers, Surroundings surroundings) {
        ClusterKnowledge known = cluster;
        ClusterKnowledge asking = new ClusterKnowledge() {
            @Override
            public NamespaceKnowledge namespace(String name) {
                return known.namespace(name);
            }

            @Override
            public Optional<JsonNode> controller(String namespace, OwnerReference reference) {
                return controllers.of(namespace, reference);
            }

            @Override
            public PodFacts around(String namespace, JsonNode pod) {
                return surroundings.around(namespace, pod);
            }
        };
        return new Judging(policies, asking, digests, clock);
    }

    /** The exemptions that count now. */
    Set<Exemption> leaveNow() {
        Instant now = clock.instant();
        return policies.get().exemptions().stream()
                .filter(exemption -> exemption.countsAt(now))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the gate would find. */
    Report judge(PolicySet set, Manifests.Pods pods) {
        Workload workload = pods.workload().resolving(digests);
        Report report = EVALUATOR.evaluate(
                workload,
                set,
                pods.object()
                        .circumstances(
                                clock.instant(),
                                Requester.UNKNOWN,
                                null,
                                () -> ImpliedRequest.toCreate(pods.object(), workload.subject()),
                                cluster));
        return pods.pod() ? report : report.withFixesToCome();
    }
}
