package dev.portcullis.kubernetes;

import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.NamespaceKnowledge;
import dev.portcullis.policy.Owner;
import dev.portcullis.policy.Variables;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that is a pod or holds a template of pods, as policies see it beside the workload it is read into.
 *
 * @param root where it stands in its document
 * @param place the members that lead to the template; none for a pod
 * @param namespace the namespace it is in, null where nobody says
 */
public record PodObject(
        JsonNode object,
        FieldPath root,
        List<String> place,
        @Nullable String namespace) {
    /** A Job of a CronJob is the longest chain there is: pod, Job, CronJob. */
    private static final int LONGEST_CHAIN = 4;

    /** An object of a kind that holds pods. */
    static PodObject of(JsonNode object, String group, String kind, FieldPath root, @Nullable String namespace) {
        List<String> place = Objects.requireNonNull(PodTemplates.place(group, kind), kind);
        String stated = object.path("metadata").path("namespace").stringValue(null);
        return new PodObject(object, root, place, namespace == null ? stated : namespace);
    }

    /**
     * What surrounds it.
     *
     * @param before the same object before an update, null where there is none
     * @param request the request about it, as rules see it
     */
    public Circumstances circumstances(
            Instant now,
            Requester requester,
            @Nullable JsonNode before,
            Supplier<Object> request,
            ClusterKnowledge cluster) {
        Variables variables = new Variables(pod(object), before == null ? null : pod(before), request);
        FieldPath pod = root.descend(place.toArray(String[]::new));
        return new Circumstances(
                now, requester, labels(), pod, variables, () -> namespace(cluster), () -> owners(cluster));
    }

    private NamespaceKnowledge namespace(ClusterKnowledge cluster) {
        return namespace == null ? new NamespaceKnowledge.Assumed() : cluster.namespace(namespace);
    }

    private Map<String, String> labels() {
        JsonNode written = object.path("metadata").path("labels");
        if (written.isEmpty()) {
            return Map.of();
        }
        Map<String, String> labels = new HashMap<>();
        written.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        return labels;
    }

    /** The pod it is, or the one that is made of its template. */
    public JsonNode pod() {
        return pod(object);
    }

    private JsonNode pod(JsonNode whole) {
        if (place.isEmpty()) {
            return whole;
        }
        JsonNode template = whole;
        for (String member : place) {
            template = template.path(member);
        }
        ObjectNode pod =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        template.path("metadata").properties().forEach(member -> metadata.set(member.getKey(), member.getValue()));
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        if (template.has("spec")) {
            pod.set("spec", template.path("spec"));
        }
        return pod;
    }

    /** The controllers it belongs to for certain, the nearest first. */
    private List<Owner> owners(ClusterKnowledge cluster) {
        List<Owner> owners = new ArrayList<>(2);
        PodObject owned = this;
        while (namespace != null && owners.size() < LONGEST_CHAIN) {
            OwnerReference reference = OwnerReference.ofController(owned.object);
            if (reference == null || PodTemplates.place(reference.group(), reference.kind()) == null) {
                break;
            }
            Optional<JsonNode> controller = cluster.controller(namespace, reference);
            if (controller.isEmpty()) {
                break;
            }
            owned = of(controller.get(), reference.group(), reference.kind(), FieldPath.ROOT, namespace);
            Owner owner = owned.owner(reference, namespace, cluster);
            if (owner == null) {
                break;
            }
            owners.add(owner);
        }
        return owners;
    }

    /** Null where its template is not as the API would have it. */
    private @Nullable Owner owner(OwnerReference reference, String place, ClusterKnowledge cluster) {
        JsonNode pod = pod(object);
        Subject subject = new Subject(Form.POD, reference.kind(), namespace, reference.name());
        try {
            return new Owner(
                    reference.kind(),
                    reference.name(),
                    PodReader.read(subject, Fields.of(pod, FieldPath.ROOT), cluster.around(place, pod)),
                    pod);
        } catch (MalformedObjectException _) {
            return null;
        }
    }
}
