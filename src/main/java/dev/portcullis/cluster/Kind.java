package dev.portcullis.cluster;

import dev.portcullis.kubernetes.Manifests;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds that are watched or listed. */
public enum Kind {
    POLICY("portcullis.dev", "v1alpha1", "HardeningPolicy", "hardeningpolicies", false),
    EXEMPTION("portcullis.dev", "v1alpha1", "HardeningExemption", "hardeningexemptions", true),
    NAMESPACE("", "v1", "Namespace", "namespaces", false),
    DEPLOYMENT("apps", "v1", "Deployment", "deployments", true),
    REPLICA_SET("apps", "v1", "ReplicaSet", "replicasets", true),
    STATEFUL_SET("apps", "v1", "StatefulSet", "statefulsets", true),
    DAEMON_SET("apps", "v1", "DaemonSet", "daemonsets", true),
    JOB("batch", "v1", "Job", "jobs", true),
    CRON_JOB("batch", "v1", "CronJob", "cronjobs", true),
    REPLICATION_CONTROLLER("", "v1", "ReplicationController", "replicationcontrollers", true),
    POD("", "v1", "Pod", "pods", true),
    PERSISTENT_VOLUME("", "v1", "PersistentVolume", "persistentvolumes", false),
    NETWORK_POLICY("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true),
    NODE("", "v1", "Node", "nodes", false),
    REPORT("openreports.io", "v1alpha1", "Report", "reports", true),
    CLUSTER_REPORT("openreports.io", "v1alpha1", "ClusterReport", "clusterreports", false),
    POLICY_REPORT("wgpolicyk8s.io", "v1alpha2", "PolicyReport", "policyreports", true),
    CLUSTER_POLICY_REPORT("wgpolicyk8s.io", "v1alpha2", "ClusterPolicyReport", "clusterpolicyreports", false);

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final boolean namespaced;

    Kind(String group, String version, String kind, String plural, boolean namespaced) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.namespaced = namespaced;
    }

    /** The kind of an object by what it calls itself. */
    public static Optional<Kind> of(String group, String kind) {
        return Arrays.stream(values())
                .filter(one -> one.group.equals(group) && one.kind.equals(kind))
                .findFirst();
    }

    /** As objects write it: {@code Deployment}. */
    public String id() {
        return kind;
    }

    /** As paths write it: {@code deployments}. */
    public String plural() {
        return plural;
    }

    /** Group and version as objects write them. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Where its objects are on the API server; those of one namespace, or of all where that is null. */
    String path(@Nullable String namespace) {
        return groupPath() + (namespace == null ? "/" : "/namespaces/" + namespace + "/") + plural;
    }

    /** The paths of the members that scans look at, beside what identifies an object. */
    List<String> scanned() {
        return switch (this) {
            case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET, JOB, REPLICATION_CONTROLLER ->
                List.of("spec/template");
            case CRON_JOB -> List.of("spec/jobTemplate/spec/template");
            case POLICY, EXEMPTION, POD -> List.of("spec");
            case NAMESPACE -> List.of();
            case PERSISTENT_VOLUME -> List.of("spec/hostPath", "spec/local", "spec/claimRef", "status/phase");
            case NETWORK_POLICY -> List.of("spec/podSelector", "spec/policyTypes", "spec/ingress");
            case NODE -> List.of("status/addresses", "status/daemonEndpoints");
            case REPORT, CLUSTER_REPORT, POLICY_REPORT, CLUSTER_POLICY_REPORT ->
                List.of("source", "scope", "configuration", "summary", "results");
        };
    }

    /** Whether it is a pod or describes pods. */
    public boolean holdsPods() {
        return Manifests.groupOf(kind) != null;
    }

    /** Whether scans look at annotations; those of controllers are not their pods'. */
    boolean hasAnnotations() {
        return this == POD || this == NAMESPACE;
    }

    /** Where it is said which kinds there are in its group and version. */
    String groupPath() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
