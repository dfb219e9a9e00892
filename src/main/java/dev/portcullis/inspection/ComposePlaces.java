package dev.portcullis.inspection;

import dev.portcullis.document.Position;
import dev.portcullis.document.Positions;
import dev.portcullis.workload.FieldPath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Places in a compose file; what another file says has that of the entry that names the file. */
final class ComposePlaces implements Positions {
    private final Positions own;
    private final Map<String, Position> files = new HashMap<>();

    private ComposePlaces(Positions own) {
        this.own = own;
    }

    /** @param item the service whose own entries go before those of others; null for none */
    static Positions of(JsonNode root, @Nullable FieldPath item, Positions own) {
        ComposePlaces places = new ComposePlaces(own);
        if (item != null) {
            String pointer = item.pointer();
            places.add(root.at(pointer).at("/extends/file"), pointer + "/extends/file");
        }
        FieldPath include = FieldPath.ROOT.child("include");
        for (int i = 0; i < root.path("include").size(); i++) {
            JsonNode entry = root.path("include").get(i);
            String pointer = include.index(i).pointer();
            places.add(entry, pointer);
            places.add(entry.path("path"), pointer + "/path");
            for (JsonNode file : entry.path("path")) {
                places.add(file, pointer + "/path");
            }
        }
        FieldPath services = FieldPath.ROOT.child("services");
        for (Map.Entry<String, JsonNode> service : root.path("services").properties()) {
            FieldPath file = services.child(service.getKey()).child("extends").child("file");
            places.add(service.getValue().at("/extends/file"), file.pointer());
        }
        return places.files.isEmpty() ? own : places;
    }

    private void add(JsonNode file, String pointer) {
        Position position = file.isString() ? own.of(pointer) : null;
        if (position != null) {
            files.putIfAbsent(FieldPath.ROOT.child(file.stringValue()).pointer(), position);
        }
    }

    @Override
    public @Nullable Position of(String jsonPointer) {
        Position position = own.of(jsonPointer);
        return position == null ? files.get(jsonPointer) : position;
    }

    @Override
    public @Nullable Position ofKey(String jsonPointer) {
        Position position = own.ofKey(jsonPointer);
        return position == null ? files.get(jsonPointer) : position;
    }

    @Override
    public @Nullable String tagOf(String jsonPointer) {
        return own.tagOf(jsonPointer);
    }
}
