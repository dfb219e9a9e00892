package dev.portcullis.workload;

import org.jspecify.annotations.Nullable;

/**
 * What is judged.
 *
 * @param kind the Kubernetes kind, or {@code Container} for a container-create body
 * @param namespace null where the platform has none or the document does not say
 * @param name null where it is still to be generated
 */
public record Subject(
        Platform platform,
        String kind,
        @Nullable String namespace,
        @Nullable String name) {
    /** As a person would say it: {@code Pod shop/web}. */
    public String display() {
        String shown = name == null ? "(unnamed)" : name;
        return namespace == null ? kind + " " + shown : kind + " " + namespace + "/" + shown;
    }
}
