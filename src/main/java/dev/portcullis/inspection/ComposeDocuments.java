package dev.portcullis.inspection;

import dev.portcullis.docker.ComposeReader;
import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.document.Positions;
import dev.portcullis.document.Yaml;
import dev.portcullis.workload.Edit;
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

    /** Docker Compose merges all documents of a file into one. */
    static final String PARTED =
            "the file has several documents, which Docker Compose merges into one: write one document";

    /** Whether a text has a compose file with another document that may be a part of it. */
    static boolean areParted(List<Yaml.Result> results) {
        long parts = results.stream()
                .filter(result -> !(result instanceof Yaml.Read read)
                        || !saysItsKind(read.document().root()))
                .count();
        return parts > 1;
    }

    private static boolean saysItsKind(JsonNode root) {
        return root.has("apiVersion") || root.has("kind");
    }

    /**
     * What {@code !reset} takes away stays away whatever is written there. What another service says is mended there, with the
     * result of that service.
     */
    @Override
    public boolean mends(Found found, Edit edit, Positions positions) {
        String pointer = edit.path().pointer();
        String own = service(found.path().pointer());
        boolean here = own.startsWith("/services/") || own.startsWith("/jobs/");
        if (!here || !pointer.startsWith(own + "/")) {
            return false;
        }
        for (int i = pointer.indexOf('/', 1); i >= 0; i = pointer.indexOf('/', i + 1)) {
            if ("!reset".equals(positions.tagOf(pointer.substring(0, i)))) {
                return false;
            }
        }
        return !"!reset".equals(positions.tagOf(pointer));
    }

    @Override
    public Places places(JsonNode root, Positions own) {
        return new ComposePlaces(root, own);
    }

    /** {@code /services/web}, also of what stands below it. */
    private static String service(String pointer) {
        int second = pointer.indexOf('/', 1);
        int third = second < 0 ? -1 : pointer.indexOf('/', second + 1);
        return third < 0 ? pointer : pointer.substring(0, third);
    }

    private static Item item(ComposeReader.Item item, Patching patching) {
        return switch (item) {
            case ComposeReader.Service service -> new Found(service.path(), service.workload(), patching);
            case ComposeReader.Malformed malformed -> new Malformed(malformed.path(), malformed.problem());
        };
    }
}
