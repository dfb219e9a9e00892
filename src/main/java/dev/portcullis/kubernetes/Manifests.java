package dev.portcullis.kubernetes;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds what holds pods in a document that a person wrote: an object, a List of objects, an AdmissionReview. */
public final class Manifests {
    private static final int DEEPEST_LIST = 4;

    private Manifests() {}

    /** One object of a document. */
    public sealed interface Item {
        /** Where it stands, from the document's root. */
        FieldPath path();
    }

    /**
     * A pod or a controller of pods.
     *
     * @param pod whether it is a pod rather than a controller
     * @param object the same as it is written
     */
    public record Pods(FieldPath path, Workload workload, boolean pod, PodObject object) implements Item {}

    /** An object that holds no pods. */
    public record Other(FieldPath path, String kind) implements Item {}

    /** An object the API would not take. */
    public record Malformed(FieldPath path, MalformedObjectException problem) implements Item {}

    /** Whether a document says that it is a Kubernetes object. */
    public static boolean isObject(JsonNode root) {
        return root.path("kind").isString() && root.path("apiVersion").isString();
    }

    /** The objects of a document that {@linkplain #isObject is one}. */
    public static List<Item> read(JsonNode root) {
        List<Item> items = new ArrayList<>();
        add(root, FieldPath.ROOT, null, 0, items);
        return items;
    }

    /** A single object of a cluster, with what the cluster knows around it. */
    public static Item read(JsonNode object, ClusterKnowledge cluster) {
        Item item = read(object).getFirst();
        if (!(item instanceof Pods pods) || pods.object().namespace() == null) {
            return item;
        }
        PodFacts facts = cluster.around(pods.object().namespace(), pods.object().pod());
        if (facts.equals(PodFacts.UNKNOWN)) {
            return item;
        }
        try {
            String kind = object.path("kind").stringValue("");
            String group = group(object.path("apiVersion").stringValue(""));
            return WorkloadReader.read(object, group, kind, FieldPath.ROOT, null, facts)
                    .<Item>map(workload -> new Pods(FieldPath.ROOT, workload, pods.pod(), pods.object()))
                    .orElse(item);
        } catch (MalformedObjectException malformed) {
            return new Malformed(FieldPath.ROOT, malformed);
        }
    }

    private static void add(JsonNode object, FieldPath path, @Nullable String namespace, int depth, List<Item> items) {
        String kind = object.path("kind").stringValue("");
        String apiVersion = object.path("apiVersion").stringValue("");
        try {
            if (kind.equals("AdmissionReview")) {
                addReviewed(object, path, items);
            } else if (kind.endsWith("List") && object.path("items").isArray()) {
                addAll(object, path, namespace, depth, items);
            } else {
                Fields stated = Fields.of(object, path);
                requireText(stated, "apiVersion");
                requireText(stated, "kind");
                addObject(object, group(apiVersion), kind, path, namespace, items);
            }
        } catch (MalformedObjectException malformed) {
            items.add(new Malformed(path, malformed));
        }
    }

    private static void addAll(JsonNode list, FieldPath path, @Nullable String namespace, int depth, List<Item> items)
            throws MalformedObjectException {
        if (depth == DEEPEST_LIST) {
            throw new MalformedObjectException(path, "is nested too deeply in lists");
        }
        JsonNode elements = list.path("items");
        String kind = list.path("kind").stringValue("");
        for (int i = 0; i < elements.size(); i++) {
            FieldPath place = path.child("items").index(i);
            JsonNode element = elements.get(i);
            if (!kind.equals("List") && element.isObject() && !element.has("kind")) {
                // The elements of a PodList do not say that they are pods.
                String group = group(list.path("apiVersion").stringValue(""));
                addObject(element, group, kind.substring(0, kind.length() - "List".length()), place, namespace, items);
            } else {
                add(element, place, namespace, depth + 1, items);
            }
        }
    }

    private static void addReviewed(JsonNode review, FieldPath path, List<Item> items) throws MalformedObjectException {
        Fields request = Fields.of(review, path).object("request");
        Fields kind = request.object("kind");
        JsonNode object = request.node("object");
        String group = kind.text("group");
        String name = kind.text("kind");
        if (object == null || name == null) {
            items.add(new Other(path, "AdmissionReview"));
            return;
        }
        addObject(object, group == null ? "" : group, name, request.pathOf("object"), request.text("namespace"), items);
    }

    private static void addObject(
            JsonNode object, String group, String kind, FieldPath path, @Nullable String namespace, List<Item> items)
            throws MalformedObjectException {
        Optional<Workload> workload = WorkloadReader.read(object, group, kind, path, namespace, PodFacts.UNKNOWN);
        if (workload.isPresent()) {
            boolean pod = group.isEmpty() && kind.equals("Pod");
            PodObject written = PodObject.of(object, group, kind, path, namespace);
            items.add(new Pods(path, workload.get(), pod, written));
        } else {
            items.add(new Other(path, kind));
        }
    }

    private static void requireText(Fields object, String name) throws MalformedObjectException {
        if (object.text(name) == null) {
            throw new MalformedObjectException(object.pathOf(name), "is missing");
        }
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** The API group of a kind that is, or describes, pods, empty for the core one; null for any other kind. */
    public static @Nullable String groupOf(String kind) {
        return PodTemplates.groupOf(kind);
    }

    /** The API groups of the kinds that describe pods, such as {@code Deployment}, by kind; empty for the core group. */
    public static SortedMap<String, String> controllers() {
        return PodTemplates.controllers();
    }
}
