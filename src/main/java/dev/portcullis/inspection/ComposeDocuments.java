package dev.portcullis.inspection;

import dev.portcullis.docker.ComposeReader;
import dev.portcullis.docker.compose.Surroundings;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Compose files. What other files and the environment say is read only where the inspector was given them. */
final class ComposeDocuments implements DocumentReader {
    @Override
    public String kind() {
        return "ComposeService";
    }

    /** Whether a document with these keys is read as Docker Compose reads YAML. */
    static boolean claims(Set<String> rootKeys) {
        return ComposeReader.isComposeFile(rootKeys);
    }

    @Override
    public boolean recognizes(JsonNode root) {
        return ComposeReader.looksLikeComposeFile(root);
    }

    @Override
    public List<Item> read(JsonNode root) {
        return read(root, Origin.UNKNOWN);
    }

    @Override
    public List<Item> read(JsonNode root, Origin origin) {
        Surroundings.Location location = origin.surroundings().of(origin.source());
        // A fix fills what one file leaves out; what several say together only their author can put right.
        Patching patching = location == null || location.overrides().isEmpty() ? Patching.HERE : Patching.NEVER;
        List<Item> items = ComposeReader.read(root, origin.positions(), location).stream()
                .map(item -> item(item, patching))
                .toList();
        return items.isEmpty() ? List.of(new Other("ComposeFile")) : items;
    }

    private static Item item(ComposeReader.Item item, Patching patching) {
        return switch (item) {
            case ComposeReader.Service service -> new Found(service.path(), service.workload(), patching);
            case ComposeReader.Malformed malformed -> new Malformed(malformed.path(), malformed.problem());
        };
    }
}
