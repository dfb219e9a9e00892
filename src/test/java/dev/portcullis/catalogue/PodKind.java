package dev.portcullis.catalogue;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds a pod, and where. */
enum PodKind {
    POD("v1", "Pod"),
    REPLICATION_CONTROLLER("v1", "ReplicationController", "spec", "template"),
    POD_TEMPLATE("v1", "PodTemplate", "template"),
    DEPLOYMENT("apps/v1", "Deployment", "spec", "template"),
    REPLICA_SET("apps/v1", "ReplicaSet", "spec", "template"),
    STATEFUL_SET("apps/v1", "StatefulSet", "spec", "template"),
    DAEMON_SET("apps/v1", "DaemonSet", "spec", "template"),
    JOB("batch/v1", "Job", "spec", "template"),
    CRON_JOB("batch/v1", "CronJob", "spec", "jobTemplate", "spec", "template");

    private final String apiVersion;
    private final String kind;
    private final String template;

    PodKind(String apiVersion, String kind, String... template) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.template = String.join(".", template);
    }

    /** The object of this kind that makes such pods. */
    ObjectNode of(JsonNode pod) {
        if (this == POD) {
            return (ObjectNode) pod.deepCopy();
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        object.set("metadata", JsonNodeFactory.instance.objectNode().put("name", "web"));
        ObjectNode holder = object;
        for (String step : template.split("\\.", -1)) {
            holder = holder.putObject(step);
        }
        holder.set("metadata", pod.path("metadata").deepCopy());
        holder.set("spec", pod.path("spec").deepCopy());
        return object;
    }

    /** What the fields of its pods begin with: {@code spec.template.}; nothing for a pod itself. */
    String prefix() {
        return template.isEmpty() ? "" : template + ".";
    }
}
