package dev.portcullis.workload;

/** What part a container plays. */
public enum ContainerKind {
    /** One of {@code containers}, or a Docker container. */
    MAIN,
    /** An init container that ends before the others start. */
    INIT,
    /** An init container that goes on running (restartPolicy Always). */
    SIDECAR,
    /** An ephemeral container, added to a running pod. */
    EPHEMERAL
}
