package dev.portcullis.inspection;

import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.workload.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Bodies of an engine's container-create request. */
final class CreateBodies implements DocumentReader {
    static final String KIND = "Container";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean recognizes(JsonNode root) {
        return DockerReader.looksLikeBody(root);
    }

    @Override
    public List<Item> read(JsonNode root) {
        try {
            return List.of(new Found(FieldPath.ROOT, DockerReader.read(root, null), Patching.HERE));
        } catch (MalformedBodyException malformed) {
            return List.of(new Malformed(malformed.path(), String.valueOf(malformed.getMessage())));
        }
    }
}
