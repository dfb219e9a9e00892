package dev.portcullis.kubernetes;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads pods and controllers of pods. */
public final class WorkloadReader {
    private WorkloadReader() {}

    /**
     * Reads an object that says itself what it is, by {@code apiVersion} and {@code kind}.
     *
     * @return empty where the kind holds no pods, or holds none now
     * @throws MalformedObjectException where the API would not take it
     */
    public static Optional<Workload> read(JsonNode object) throws MalformedObjectException {
        Fields root = Fields.of(object, FieldPath.ROOT);
        String apiVersion = root.text("apiVersion");
        String kind = root.text("kind");
        if (apiVersion == null || kind == null) {
            throw new MalformedObjectException(root.pathOf(kind == null ? "kind" : "apiVersion"), "is missing");
        }
        int slash = apiVersion.indexOf('/');
        return read(
                object, slash < 0 ? "" : apiVersion.substring(0, slash), kind, FieldPath.ROOT, null, PodFacts.UNKNOWN);
    }

    /** Whether a kind holds pods. */
    public static boolean holdsPods(String group, String kind) {
        return PodTemplates.place(group, kind) != null;
    }

    /**
     * Reads an object of a known kind.
     *
     * @param root where the object stands in its document
     * @param namespace the namespace a request is made in, null to take the object's own
     * @param facts what is known of it from elsewhere
     */
    static Optional<Workload> read(
            JsonNode object, String group, String kind, FieldPath root, @Nullable String namespace, PodFacts facts)
            throws MalformedObjectException {
        List<String> place = PodTemplates.place(group, kind);
        if (place == null) {
            return Optional.empty();
        }
        Fields pod = Fields.of(object, root);
        Fields metadata = pod.object("metadata");
        String name = metadata.text("name");
        String generateName = metadata.text("generateName");
        Subject subject = new Subject(
                Form.POD,
                kind,
                namespace == null ? metadata.text("namespace") : namespace,
                name == null || name.isEmpty() ? generated(generateName) : name);
        for (String member : place) {
            pod = pod.object(member);
        }
        boolean withoutTemplate = !pod.isPresent() && kind.equals("ReplicationController");
        return withoutTemplate ? Optional.empty() : Optional.of(PodReader.read(subject, pod, facts));
    }

    private static @Nullable String generated(@Nullable String prefix) {
        return prefix == null || prefix.isEmpty() ? null : prefix + "*";
    }
}
