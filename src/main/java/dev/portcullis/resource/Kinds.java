package dev.portcullis.resource;

import java.util.List;

/** The kinds whose objects policies and exemptions may name. */
final class Kinds {
    /** What every rule that is enforced must reach. */
    static final String POD = "Pod";

    /** Pods and what makes them. */
    static final List<String> OF_KUBERNETES = List.of(
            POD,
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
            "DaemonSet",
            "Job",
            "CronJob",
            "ReplicationController",
            "PodTemplate");

    /** What is judged of Docker under a name. */
    static final List<String> OF_DOCKER = List.of("Container", "ComposeService", "Image");

    private Kinds() {}
}
