package dev.portcullis.scan;

import dev.portcullis.cluster.Kind;
import tools.jackson.databind.JsonNode;

/** What an object of a cluster is called. */
public record ObjectKey(Kind kind, String namespace, String name) {
    /** That of an object. */
    static ObjectKey of(Kind kind, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new ObjectKey(
                kind,
                metadata.path("namespace").stringValue(""),
                metadata.path("name").stringValue(""));
    }

    @Override
    public String toString() {
        return kind.id() + " " + namespace + "/" + name;
    }
}
