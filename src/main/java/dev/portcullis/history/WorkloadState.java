package dev.portcullis.history;

import dev.portcullis.policy.Mode;
import java.time.Instant;
import java.util.List;

/**
 * A workload that runs, and what is found of it.
 *
 * @param namespace empty where there is none
 * @param createdAt when it was made
 * @param judgedAt when it was last judged
 * @param changedAt when what is found of it last became another
 * @param policies the version of the policies that judged
 * @param findings what speaks against it, 100 at most
 */
public record WorkloadState(
        String cluster,
        String namespace,
        String kind,
        String name,
        Instant createdAt,
        Instant judgedAt,
        Instant changedAt,
        String policies,
        List<WorkloadFinding> findings) {
    /** One of which is not known since when it is so. */
    public WorkloadState(
            String cluster,
            String namespace,
            String kind,
            String name,
            Instant createdAt,
            Instant judgedAt,
            String policies,
            List<WorkloadFinding> findings) {
        this(cluster, namespace, kind, name, createdAt, judgedAt, judgedAt, policies, findings);
    }

    /** Cuts what is longer than the history keeps. */
    public WorkloadState {
        cluster = Kept.text(cluster);
        namespace = Kept.text(namespace);
        kind = Kept.text(kind);
        name = Kept.text(name);
        policies = Kept.text(policies, 1024);
        findings = findings.size() <= Entry.MOST_FINDINGS
                ? List.copyOf(findings)
                : List.copyOf(findings.subList(0, Entry.MOST_FINDINGS));
    }

    /** How many findings of a mode count. */
    public long count(Mode mode) {
        return findings.stream()
                .filter(finding -> finding.counts() && finding.mode().equals(mode.id()))
                .count();
    }

    /** The worst severity of what counts, 4 for critical to 1 for low; 0 where nothing does. */
    int worst() {
        return findings.stream()
                .filter(WorkloadFinding::counts)
                .mapToInt(WorkloadFinding::rank)
                .max()
                .orElse(0);
    }

    /** Tells, as well as 32 bits do, what is found of it from what was found before. */
    int foundHash() {
        return findings.toString().hashCode();
    }

    /** What it is called, whatever is found of it. */
    public Key key() {
        return new Key(namespace, kind, name);
    }

    /**
     * A workload of a cluster.
     *
     * @param namespace empty where there is none
     */
    public record Key(String namespace, String kind, String name) {}
}
