package dev.portcullis.live;

import dev.portcullis.resource.Origins.Origin;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What has become of one resource of a cluster.
 *
 * @param resource its newest version
 * @param value what it means, or its last good version does; null where none is known
 * @param good the version that {@code value} is of
 * @param error why the newest version cannot be used, a line for each reason; null where it can
 * @param blind whether a good version may have been in force that this process has not seen
 */
record Outcome<T>(
        JsonNode resource,
        @Nullable T value,
        @Nullable JsonNode good,
        @Nullable String error,
        boolean blind) {

    static String key(JsonNode resource) {
        JsonNode metadata = resource.path("metadata");
        String namespace = metadata.path("namespace").stringValue("");
        String name = metadata.path("name").stringValue("");
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    /** As people name it. */
    String title() {
        return resource.path("kind").stringValue("") + " " + key(resource);
    }

    /** Where it comes from, and what is wrong with it. */
    Origin origin() {
        return new Origin(key(resource), "cluster", error, value != null);
    }

    boolean isOf(JsonNode other) {
        return uid(resource).equals(uid(other)) && generation(resource) == generation(other);
    }

    static String uid(JsonNode resource) {
        return resource.path("metadata").path("uid").stringValue("");
    }

    static long generation(JsonNode resource) {
        return resource.path("metadata").path("generation").asLong(0);
    }

    /** The same with the resource as it is now, whose status may be another. */
    Outcome<T> with(JsonNode newer) {
        return new Outcome<>(newer, value, good, error, blind);
    }
}
