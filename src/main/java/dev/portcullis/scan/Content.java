package dev.portcullis.scan;

import dev.portcullis.cluster.Fingerprint;
import tools.jackson.databind.JsonNode;

/** What of an object verdicts depend on, as a number that another content has by chance alone. */
final class Content {
    private Content() {}

    static long of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return Fingerprint.of(
                "",
                metadata.path("labels"),
                metadata.path("annotations"),
                metadata.path("ownerReferences"),
                object.path("spec"));
    }
}
