package dev.portcullis.resource;

import dev.portcullis.document.Document;
import dev.portcullis.document.Positions;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Policy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads single resources as a cluster holds them. */
public final class ClusterResources {
    private ClusterResources() {}

    /**
     * A {@code HardeningPolicy}.
     *
     * @throws PolicyException telling everything that is wrong, each with the path of its field
     */
    public static Policy policy(JsonNode resource) throws PolicyException {
        return read(resource).policies().getFirst();
    }

    /**
     * A {@code HardeningExemption}.
     *
     * @throws PolicyException telling everything that is wrong, each with the path of its field
     */
    public static Exemption exemption(JsonNode resource) throws PolicyException {
        return read(resource).exemptions().getFirst();
    }

    private static ResourceReader read(JsonNode resource) throws PolicyException {
        Problems problems = new Problems();
        ResourceReader reader = new ResourceReader(problems);
        reader.read(source(resource), new Document(written(resource), Positions.none()));
        problems.throwIfAny();
        return reader;
    }

    /** As people name it: {@code HardeningPolicy default}. */
    private static String source(JsonNode resource) {
        JsonNode metadata = resource.path("metadata");
        String namespace = metadata.path("namespace").stringValue("");
        String name = metadata.path("name").stringValue("");
        return resource.path("kind").stringValue("") + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }

    /** What somebody wrote of it, without what the cluster adds. */
    public static ObjectNode written(JsonNode resource) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (String member : new String[] {"apiVersion", "kind", "spec"}) {
            if (resource.has(member)) {
                written.set(member, resource.path(member));
            }
        }
        ObjectNode metadata = written.putObject("metadata");
        for (String member : new String[] {"name", "namespace"}) {
            if (resource.path("metadata").has(member)) {
                metadata.set(member, resource.path("metadata").path(member));
            }
        }
        return written;
    }
}
