package dev.portcullis.kubernetes;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an API server asks ({@code admission.k8s.io/v1}, AdmissionReview's {@code request}).
 *
 * @param subresource empty where it is the object itself
 * @param namespace null where the object has none
 * @param username null where the request does not say who makes it
 * @param object null on DELETE
 * @param oldObject null on CREATE
 */
public record AdmissionRequest(
        String uid,
        String group,
        String kind,
        String subresource,
        Operation operation,
        @Nullable String namespace,
        @Nullable String username,
        boolean dryRun,
        @Nullable ObjectNode object,
        @Nullable ObjectNode oldObject) {

    /** What is done to the object. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    private static final List<String> JUDGED_SUBRESOURCES = List.of("", "ephemeralcontainers", "resize");

    /** Whether it brings or changes pods, so that it is judged; anything else is let through. */
    public boolean concernsPods() {
        boolean changes = operation == Operation.CREATE || operation == Operation.UPDATE;
        boolean itself = isPod() ? JUDGED_SUBRESOURCES.contains(subresource) : subresource.isEmpty();
        return changes && itself && WorkloadReader.holdsPods(group, kind);
    }

    /** Whether the object is a pod rather than a controller of pods. */
    public boolean isPod() {
        return group.isEmpty() && kind.equals("Pod");
    }

    /**
     * The workload that is asked for.
     *
     * @return empty where the object holds no pod template
     * @throws MalformedObjectException where the API would not take the object
     */
    public Optional<Workload> workload() throws MalformedObjectException {
        requireMember("namespace", namespace);
        requireMember("userInfo", username);
        if (operation == Operation.UPDATE) {
            requireMember("oldObject", oldObject);
        }
        return read(object, "object");
    }

    /** The workload as it was before an update; empty where it cannot be read. */
    public Optional<Workload> workloadBefore() {
        try {
            return read(oldObject, "oldObject");
        } catch (MalformedObjectException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether an update leaves the pod template of a controller as it was. */
    public boolean keepsTemplate() {
        List<String> place = PodTemplates.place(group, kind);
        return place != null
                && object != null
                && oldObject != null
                && Objects.equals(at(object, place), at(oldObject, place));
    }

    private static JsonNode at(JsonNode node, List<String> place) {
        for (String member : place) {
            node = node.path(member);
        }
        return node;
    }

    private static <T> T requireMember(String member, @Nullable T value) throws MalformedObjectException {
        if (value == null) {
            throw new MalformedObjectException(FieldPath.ROOT.descend("request", member), "is missing");
        }
        return value;
    }

    private Optional<Workload> read(@Nullable ObjectNode given, String member) throws MalformedObjectException {
        ObjectNode node = requireMember(member, given);
        return WorkloadReader.read(node, group, kind, FieldPath.ROOT, namespace);
    }
}
