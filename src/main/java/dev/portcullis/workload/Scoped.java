package dev.portcullis.workload;

/**
 * A setting that a container may declare for itself or take from its pod. Both declarations are kept: the Pod Security
 * Standards judge declarations, a bad pod-level one even where every container overrides it.
 *
 * @param own the container's declaration
 * @param pod the pod's, {@link Setting.Inexpressible} on a platform without pods
 */
public record Scoped<T>(Setting<T> own, Setting<T> pod) {
    /** The declaration that is in force: the container's, else the pod's. */
    public Setting<T> inForce() {
        return own.isDeclared() || !pod.isDeclared() ? own : pod;
    }
}
