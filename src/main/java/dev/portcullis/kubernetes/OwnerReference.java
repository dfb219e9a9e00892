package dev.portcullis.kubernetes;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an object says of the controller it belongs to ({@code metadata.ownerReferences}), true or not. */
public record OwnerReference(String group, String kind, String name, String uid) {
    /** That of an object's controller; null where it says of none. */
    public static @Nullable OwnerReference ofController(JsonNode object) {
        for (JsonNode reference : object.path("metadata").path("ownerReferences")) {
            if (reference.path("controller").booleanValue(false)) {
                String apiVersion = reference.path("apiVersion").stringValue("");
                int slash = apiVersion.indexOf('/');
                return new OwnerReference(
                        slash < 0 ? "" : apiVersion.substring(0, slash),
                        reference.path("kind").stringValue(""),
                        reference.path("name").stringValue(""),
                        reference.path("uid").stringValue(""));
            }
        }
        return null;
    }
}
