package dev.portcullis.kubernetes;

import dev.portcullis.policy.Circumstances;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an API server asks ({@code admission.k8s.io/v1}, AdmissionReview's {@code request}).
 *
 * @param subresource empty where it is the object itself
 * @param namespace null where the object has none
 * @param name the object's, null where it is still to be generated
 * @param username null where the request does not say who makes it
 * @param groups those of who makes it
 * @param object null on DELETE
 * @param oldObject null on CREATE
 * @param raw the request as it came
 */
public record AdmissionRequest(
        String uid,
        String group,
        String kind,
        String subresource,
        Operation operation,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String username,
        Set<String> groups,
        boolean dryRun,
        @Nullable ObjectNode object,
        @Nullable ObjectNode oldObject,
        JsonNode raw) {

    /** What is done to the object. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /** What is connected to a container, by the kind of the options that come with it. */
    private static final Map<String, Deed> CONNECTIONS =
            Map.of("PodExecOptions", exec(), "PodAttachOptions", new Deed.Attach());

    private static final List<String> JUDGED_SUBRESOURCES = List.of("", "ephemeralcontainers", "resize");

    /** Whether it brings or changes pods, so that it is judged; anything else is let through. */
    public boolean concernsPods() {
        boolean changes = operation == Operation.CREATE || operation == Operation.UPDATE;
        boolean itself = isPod() ? JUDGED_SUBRESOURCES.contains(subresource) : subresource.isEmpty();
        return changes && itself && WorkloadReader.holdsPods(group, kind);
    }

    /** Whether it connects to a container of a pod in a way that is judged; port forwards, proxies and the like are let through. */
    public boolean isAct() {
        return operation == Operation.CONNECT && group.isEmpty() && CONNECTIONS.containsKey(kind);
    }

    /**
     * What is done to a pod that runs, where this {@linkplain #isAct is an act}.
     *
     * @throws MalformedObjectException where the request does not say who does it, or where
     */
    public Act act() throws MalformedObjectException {
        String where = requireMember("namespace", namespace);
        requireMember("userInfo", username);
        Deed deed = Objects.requireNonNull(CONNECTIONS.get(kind), "no act");
        return new Act(new Subject(Form.POD_REQUEST, "Pod", where, name), requester(), deed);
    }

    private static Deed exec() {
        String why = "Kubernetes starts every process as the container runs: admission judges that";
        return new Deed.Exec(new Setting.Inexpressible<>(why), new Setting.Inexpressible<>(why));
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

    /**
     * What surrounds the object.
     *
     * @param now by which exemptions expire
     */
    public Circumstances circumstances(Instant now, ClusterKnowledge cluster) {
        JsonNode judged = Objects.requireNonNull(object, "no object");
        return PodObject.of(judged, group, kind, FieldPath.ROOT, namespace)
                .circumstances(now, requester(), oldObject, this::withoutObjects, cluster);
    }

    /** What surrounds the {@linkplain #act}. */
    public Circumstances circumstancesOfAct(Instant now, ClusterKnowledge cluster) {
        String where = Objects.requireNonNull(namespace, "no namespace");
        return Circumstances.at(now, requester(), () -> cluster.namespace(where));
    }

    private Requester requester() {
        return new Requester(username, groups);
    }

    private Object withoutObjects() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        raw.properties().forEach(member -> request.set(member.getKey(), member.getValue()));
        return request.without(List.of("object", "oldObject"));
    }

    private static <T> T requireMember(String member, @Nullable T value) throws MalformedObjectException {
        if (value == null) {
            throw new MalformedObjectException(FieldPath.ROOT.descend("request", member), "is missing");
        }
        return value;
    }

    private Optional<Workload> read(@Nullable ObjectNode given, String member) throws MalformedObjectException {
        ObjectNode node = requireMember(member, given);
        return WorkloadReader.read(node, group, kind, FieldPath.ROOT, namespace, PodFacts.UNKNOWN);
    }
}
