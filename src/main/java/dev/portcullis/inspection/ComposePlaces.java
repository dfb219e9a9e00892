package dev.portcullis.inspection;

import dev.portcullis.document.Position;
import dev.portcullis.document.Positions;
import dev.portcullis.workload.FieldPath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Places in a compose file; what another file says has that of the entry that names the file. */
final class ComposePlaces implements DocumentReader.Places {
    private final JsonNode root;
    private final Positions own;
    private final Map<String, Position> files = new HashMap<>();

    ComposePlaces(JsonNode root, Positions own) {
        this.root = root;
        this.own = own;
        FieldPath include = FieldPath.ROOT.child("include");
        for (int i = 0; i < root.path("include").size(); i++) {
            JsonNode entry = root.path("include").get(i);
            String pointer = include.index(i).pointer();
            add(entry, pointer, files);
            add(entry.path("path"), pointer + "/path", files);
            for (JsonNode file : entry.path("path")) {
                add(file, pointer + "/path", files);
            }
        }
        FieldPath services = FieldPath.ROOT.child("services");
        for (Map.Entry<String, JsonNode> service : root.path("services").properties()) {
            extended(service.getValue(), services.child(service.getKey()), files);
        }
    }

    /** The service's own entry goes before those of others. */
    @Override
    public Positions of(@Nullable FieldPath item) {
        Map<String, Position> first = new HashMap<>();
        if (item != null) {
            extended(root.at(item.pointer()), item, first);
        }
        return files.isEmpty() && first.isEmpty() ? own : new WithFiles(own, first, files);
    }

    private void extended(JsonNode service, FieldPath path, Map<String, Position> places) {
        add(service.at("/extends/file"), path.descend("extends", "file").pointer(), places);
    }

    private void add(JsonNode file, String pointer, Map<String, Position> places) {
        Position position = file.isString() ? own.of(pointer) : null;
        if (position != null) {
            places.putIfAbsent(FieldPath.ROOT.child(file.stringValue()).pointer(), position);
        }
    }

    private record WithFiles(Positions own, Map<String, Position> first, Map<String, Position> files)
            implements Positions {
        @Override
        public @Nullable Position of(String jsonPointer) {
            Position position = own.of(jsonPointer);
            return position == null ? file(jsonPointer) : position;
        }

        @Override
        public @Nullable Position ofKey(String jsonPointer) {
            Position position = own.ofKey(jsonPointer);
            return position == null ? file(jsonPointer) : position;
        }

        @Override
        public @Nullable String tagOf(String jsonPointer) {
            return own.tagOf(jsonPointer);
        }

        private @Nullable Position file(String jsonPointer) {
            Position position = first.get(jsonPointer);
            return position == null ? files.get(jsonPointer) : position;
        }
    }
}
