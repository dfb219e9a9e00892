package dev.portcullis.scan;

import dev.portcullis.policy.Report;
import tools.jackson.databind.node.ObjectNode;

/**
 * A workload of a cluster as it stands for itself, and what is found of it.
 *
 * @param object what is judged of it
 * @param report with passes
 */
public record Surveyed(ObjectKey key, ObjectNode object, Report report) {
    /** Which tells it from others of its name, before it and after it. */
    public String uid() {
        return object.path("metadata").path("uid").stringValue("");
    }
}
