package dev.portcullis.history;

import dev.portcullis.kubernetes.OwnerReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * To whom an object belongs in the end, as far as it says so itself: a pod of a ReplicaSet that a Deployment made names, by
 * the hash in its labels, the Deployment too.
 */
record Owner(String kind, @Nullable String name) {
    private static final String HASH = "pod-template-hash";

    /**
     * The owner of an object.
     *
     * @param kind the object's own
     * @param name the object's own, null where it is still to be generated
     */
    static Owner of(JsonNode object, String kind, @Nullable String name) {
        OwnerReference controller = OwnerReference.ofController(object);
        if (controller == null) {
            return new Owner(kind, name);
        }
        String hash = object.path("metadata").path("labels").path(HASH).stringValue("");
        String ending = "-" + hash;
        boolean deployed = controller.kind().equals("ReplicaSet")
                && controller.group().equals("apps")
                && !hash.isEmpty()
                && controller.name().endsWith(ending)
                && controller.name().length() > ending.length();
        return deployed
                ? new Owner(
                        "Deployment",
                        controller.name().substring(0, controller.name().length() - ending.length()))
                : new Owner(controller.kind(), controller.name());
    }
}
