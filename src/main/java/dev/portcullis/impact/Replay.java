package dev.portcullis.impact;

import dev.portcullis.history.Recorded;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.PolicySet;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges what was asked once again. Exemptions count as they do now; what was known of images, volumes and owners at the time
 * is not, so that both policies judge without it.
 */
public final class Replay {
    private final PolicySet before;
    private final PolicySet after;
    private final ClusterKnowledge cluster;
    private final Instant now;

    /**
     * A replay.
     *
     * @param cluster what is known of namespaces
     * @param now by which exemptions expire
     */
    public Replay(PolicySet before, PolicySet after, ClusterKnowledge cluster, Instant now) {
        this.before = before;
        this.after = after;
        this.cluster = cluster;
        this.now = now;
    }

    /** Judges one request by both, and adds what becomes of it. */
    public void add(Recorded recorded, Impact impact) {
        Optional<Again> again = Again.of(recorded, cluster, now);
        if (again.isEmpty()) {
            impact.addUnjudged();
        } else {
            impact.add(owner(recorded), again.get().asAsked(before), again.get().asAsked(after));
        }
    }

    private static Affected.Owner owner(Recorded recorded) {
        return new Affected.Owner(null, recorded.ownerKind(), recorded.namespace(), recorded.ownerName());
    }
}
