package dev.portcullis.workload;

/** Whose Linux namespace a workload uses. */
public enum NamespaceSharing {
    /** Its own. */
    PRIVATE,
    /** The host's. */
    HOST,
    /** Another container's, which may be the host's in turn. */
    CONTAINER
}
