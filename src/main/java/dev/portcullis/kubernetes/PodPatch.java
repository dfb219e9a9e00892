package dev.portcullis.kubernetes;

import dev.portcullis.document.JsonPatch;
import dev.portcullis.policy.AppliedFix;
import dev.portcullis.policy.Mending;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the fixes of a report change in a pod, and the annotation by which the pod tells of it.
 *
 * @param operations JSON Patch relative to the pod as it was
 * @param changes each as {@code spec.containers[web].securityContext.privileged (CHECK)}
 */
public record PodPatch(ArrayNode operations, List<String> changes) {
    /** The annotation that tells of all changes, those of earlier calls for the same pod first. */
    public static final String ANNOTATION = "portcullis.dev/patched";

    private static final FieldPath ANNOTATIONS = FieldPath.ROOT.descend("metadata", "annotations");

    /** So much is told: the rest is in the audit log. */
    private static final int LONGEST = 8_000;

    /** What an API server takes for all annotations of an object together, in bytes. */
    private static final int MOST_BYTES = 256 * 1024;

    /**
     * Changes a pod, in place.
     *
     * @param again judges the pod as it is then
     */
    public static PodPatch apply(ObjectNode pod, Report report, Mending.Again<MalformedObjectException> again)
            throws MalformedObjectException {
        PodPatch patch = new PodPatch(pod.arrayNode(), new ArrayList<>());
        Mending.mend(report, fixes -> patch.add(pod, fixes), again);
        if (!patch.changes.isEmpty()) {
            patch.operations.addAll(note(pod, patch.changes));
        }
        return patch;
    }

    private boolean add(ObjectNode pod, List<AppliedFix> fixes) {
        int before = changes.size();
        for (AppliedFix applied : fixes) {
            ArrayNode made = JsonPatch.apply(pod, List.of(applied.edit()));
            if (!made.isEmpty()) {
                operations.addAll(made);
                changes.add(field(pod, applied.edit()) + " (" + String.join(", ", applied.checks()) + ")");
            }
        }
        return changes.size() > before;
    }

    /** By names, which stay when other webhooks add containers. */
    private static String field(ObjectNode pod, Edit edit) {
        return edit.path()
                .named(element -> pod.at(element.pointer()).path("name").stringValue(null));
    }

    /** Nothing where there is no room for it: a pod must not be refused for a note. */
    private static ArrayNode note(ObjectNode pod, List<String> changes) {
        JsonNode annotations = pod.path("metadata").path("annotations");
        String before = annotations.path(ANNOTATION).stringValue("");
        StringBuilder told = new StringBuilder(before.length() > LONGEST ? "" : before);
        for (String change : changes) {
            if (told.length() + change.length() <= LONGEST) {
                told.append(told.isEmpty() ? "" : "; ").append(change);
            }
        }
        String note = told.toString();
        boolean fits = bytes(annotations) - bytes(before) + bytes(ANNOTATION) + bytes(note) <= MOST_BYTES;
        return fits
                ? JsonPatch.apply(pod, List.of(new Edit.Set(ANNOTATIONS.child(ANNOTATION), note)))
                : pod.arrayNode();
    }

    private static int bytes(JsonNode annotations) {
        int bytes = 0;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            bytes += bytes(annotation.getKey()) + bytes(annotation.getValue().stringValue(""));
        }
        return bytes;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
