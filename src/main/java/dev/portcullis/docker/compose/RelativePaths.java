package dev.portcullis.docker.compose;

import dev.portcullis.docker.compose.Value.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Relative paths in a service of another file start from that file's folder. */
final class RelativePaths {
    private RelativePaths() {}

    static Value resolved(Value service, Surroundings.@Nullable Location location) {
        Value volumes = service.member("volumes");
        if (location == null || !volumes.is(Kind.LIST)) {
            return service;
        }
        List<Value> elements = new ArrayList<>();
        for (Value volume : volumes.elements()) {
            elements.add(volume(volume, location.folder()));
        }
        Map<String, Value> members = new LinkedHashMap<>(service.members());
        members.put("volumes", Value.list(volumes.path(), elements));
        return Value.mapping(service.path(), members, service.open());
    }

    private static Value volume(Value volume, String folder) {
        if (volume.is(Kind.SCALAR)) {
            return volume.text().startsWith(".") ? Value.text(volume.path(), folder + "/" + volume.text()) : volume;
        }
        Value source = volume.member("source");
        if (!volume.is(Kind.MAPPING) || !source.text().startsWith(".")) {
            return volume;
        }
        Map<String, Value> members = new LinkedHashMap<>(volume.members());
        members.put("source", Value.text(source.path(), folder + "/" + source.text()));
        return Value.mapping(volume.path(), members, volume.open());
    }
}
