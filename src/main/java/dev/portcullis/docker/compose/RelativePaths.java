package dev.portcullis.docker.compose;

import dev.portcullis.docker.compose.Value.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes the relative paths of another file absolute: they start from the folder of that file, or of its project. */
final class RelativePaths {
    private final String folder;

    RelativePaths(String folder) {
        this.folder = folder;
    }

    Value ofService(Value service) {
        Value volumes = replaced(service, "volumes", list -> each(list, this::volume));
        return replaced(volumes, "env_file", this::environmentFile);
    }

    Value ofShared(Value shared) {
        Value result = shared;
        for (String section : List.of("secrets", "configs")) {
            result = replaced(result, section, all -> members(all, one -> replaced(one, "file", this::path)));
        }
        return replaced(
                result,
                "volumes",
                all -> members(
                        all,
                        one -> replaced(one, "driver_opts", options -> replaced(options, "device", this::marked))));
    }

    private Value environmentFile(Value value) {
        return switch (value.kind()) {
            case LIST -> each(value, this::environmentFile);
            case MAPPING -> replaced(value, "path", this::path);
            default -> path(value);
        };
    }

    private Value volume(Value volume) {
        if (volume.is(Kind.MAPPING)) {
            return volume.member("type").text().equals("bind") ? replaced(volume, "source", this::path) : volume;
        }
        String text = volume.text();
        int end = HostPaths.endOfSource(text);
        return end < 0 || !text.startsWith(".")
                ? volume
                : volume.meaning(HostPaths.below(folder, text.substring(0, end)) + text.substring(end));
    }

    /** Only what begins with a dot is a relative path; anything else may be a name. */
    private Value marked(Value value) {
        return value.text().startsWith(".") ? path(value) : value;
    }

    private Value path(Value value) {
        String text = value.text();
        boolean relative = value.is(Kind.SCALAR) && !text.startsWith("/") && !text.startsWith("~");
        return relative ? value.meaning(HostPaths.below(folder, text)) : value;
    }

    private static Value each(Value list, UnaryOperator<Value> change) {
        if (!list.is(Kind.LIST)) {
            return list;
        }
        List<Value> elements = new ArrayList<>();
        list.elements().forEach(element -> elements.add(change.apply(element)));
        return Value.list(list.path(), elements);
    }

    private static Value members(Value mapping, UnaryOperator<Value> change) {
        if (!mapping.is(Kind.MAPPING)) {
            return mapping;
        }
        Map<String, Value> members = new LinkedHashMap<>();
        mapping.members().forEach((name, value) -> members.put(name, change.apply(value)));
        return Value.mapping(mapping.path(), members, mapping.open());
    }

    private static Value replaced(Value mapping, String name, UnaryOperator<Value> change) {
        if (!mapping.members().containsKey(name)) {
            return mapping;
        }
        Map<String, Value> members = new LinkedHashMap<>(mapping.members());
        members.put(name, change.apply(mapping.member(name)));
        return Value.mapping(mapping.path(), members, mapping.open());
    }
}
