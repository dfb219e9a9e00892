package dev.portcullis.workload;

import org.jspecify.annotations.Nullable;

/**
 * What is judged.
 *
 * @param kind the Kubernetes kind; {@code Container}, {@code ComposeService}, {@code Dockerfile} or {@code Image} for what
 *     Docker knows, and what a request to its engine is about: {@code Volume}, {@code Plugin}, {@code Swarm} and so on
 * @param namespace null where the platform has none or the document does not say
 * @param name null where it is still to be generated, and for a Dockerfile, which has none
 */
public record Subject(
        Form form,
        String kind,
        @Nullable String namespace,
        @Nullable String name) {
    /** The platform it is for. */
    public Platform platform() {
        return form.platform();
    }

    /** As a person would say it: {@code Pod shop/web}. */
    public String display() {
        if (name == null && form == Form.DOCKERFILE) {
            return kind;
        }
        String shown = name == null ? "(unnamed)" : name;
        return namespace == null ? kind + " " + shown : kind + " " + namespace + "/" + shown;
    }
}
