package dev.portcullis.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Arrays;
import java.util.Optional;

/** The kinds that are watched. */
enum Kind {
    POLICY("portcullis.dev", "v1alpha1", "HardeningPolicy", "hardeningpolicies", false),
    EXEMPTION("portcullis.dev", "v1alpha1", "HardeningExemption", "hardeningexemptions", true),
    NAMESPACE("", "v1", "Namespace", "namespaces", false),
    DEPLOYMENT("apps", "v1", "Deployment", "deployments", true),
    REPLICA_SET("apps", "v1", "ReplicaSet", "replicasets", true),
    STATEFUL_SET("apps", "v1", "StatefulSet", "statefulsets", true),
    DAEMON_SET("apps", "v1", "DaemonSet", "daemonsets", true),
    JOB("batch", "v1", "Job", "jobs", true),
    CRON_JOB("batch", "v1", "CronJob", "cronjobs", true),
    REPLICATION_CONTROLLER("", "v1", "ReplicationController", "replicationcontrollers", true);

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
    static Optional<Kind> of(String group, String kind) {
        return Arrays.stream(values())
                .filter(one -> one.group.equals(group) && one.kind.equals(kind))
                .findFirst();
    }

    /** As objects write it. */
    String id() {
        return kind;
    }

    String plural() {
        return plural;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
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
