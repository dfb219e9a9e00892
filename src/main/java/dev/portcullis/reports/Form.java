package dev.portcullis.reports;

import dev.portcullis.cluster.Kind;

/** The kinds of report resources that are written. */
public enum Form {
    /** {@code openreports.io/v1alpha1}, as OpenReports defines it. */
    OPENREPORTS(Kind.REPORT, Kind.CLUSTER_REPORT, true),
    /** {@code wgpolicyk8s.io/v1alpha2}, as the Kubernetes policy working group defined it before. */
    POLICYREPORT(Kind.POLICY_REPORT, Kind.CLUSTER_POLICY_REPORT, false);

    private final Kind kind;
    private final Kind clusterKind;
    private final boolean hasSource;

    Form(Kind kind, Kind clusterKind, boolean hasSource) {
        this.kind = kind;
        this.clusterKind = clusterKind;
        this.hasSource = hasSource;
    }

    /** Of reports in a namespace. */
    public Kind kind() {
        return kind;
    }

    /** Of those in none. */
    public Kind clusterKind() {
        return clusterKind;
    }

    /** Whether a report as a whole says who made it, rather than each of its results. */
    boolean hasSource() {
        return hasSource;
    }

    Kind of(String namespace) {
        return namespace.isEmpty() ? clusterKind : kind;
    }
}
