package dev.portcullis.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which kinds hold pods, and where. */
final class PodTemplates {
    private static final List<String> SPEC_TEMPLATE = List.of("spec", "template");

    /** From group and kind to the members that lead to the template; a pod is its own. */
    private static final Map<String, List<String>> PLACES = Map.of(
            "/Pod", List.of(),
            "/ReplicationController", SPEC_TEMPLATE,
            "/PodTemplate", List.of("template"),
            "apps/Deployment", SPEC_TEMPLATE,
            "apps/ReplicaSet", SPEC_TEMPLATE,
            "apps/StatefulSet", SPEC_TEMPLATE,
            "apps/DaemonSet", SPEC_TEMPLATE,
            "batch/Job", SPEC_TEMPLATE,
            "batch/CronJob", List.of("spec", "jobTemplate", "spec", "template"));

    private PodTemplates() {}

    /** The group of a kind that holds pods; null where it holds none. */
    static @Nullable String groupOf(String kind) {
        for (String place : PLACES.keySet()) {
            int slash = place.indexOf('/');
            if (place.substring(slash + 1).equals(kind)) {
                return place.substring(0, slash);
            }
        }
        return null;
    }

    /** The groups of kinds that describe pods, by kind; a pod itself is none of them. */
    static SortedMap<String, String> controllers() {
        SortedMap<String, String> groups = new TreeMap<>();
        for (String place : PLACES.keySet()) {
            int slash = place.indexOf('/');
            groups.put(place.substring(slash + 1), place.substring(0, slash));
        }
        groups.remove("Pod");
        return groups;
    }

    /** The members that lead to the pod; null where the kind holds none. */
    static @Nullable List<String> place(String group, String kind) {
        return PLACES.get(group + "/" + kind);
    }
}
