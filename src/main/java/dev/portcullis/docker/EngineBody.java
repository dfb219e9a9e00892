package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Decodes the bodies that the Engine API takes. */
final class EngineBody {
    /** Of the fields that only older engines have, those that they take from the top level. */
    private static final List<String> OLDER = List.of("Cpuset", "KernelMemory", "KernelMemoryTCP");

    private static final Set<String> HOST_CONFIG_ONLY = Stream.concat(
                    EngineTypes.HOST_CONFIG.fields().stream().map(GoType.Field::name), OLDER.stream())
            .filter(name -> EngineTypes.CREATE.match(name) == null)
            .map(GoNames::fold)
            .collect(Collectors.toUnmodifiableSet());

    private EngineBody() {}

    /** The body of {@code POST /containers/create}. */
    static GoValue create(JsonNode body) throws MalformedBodyException {
        GoValue decoded = decode(body, EngineTypes.CREATE);
        for (String key : body.propertyNames()) {
            refuseMisplaced(key, body);
        }
        return decoded;
    }

    /** The body of {@code POST /containers/{id}/update}. */
    static GoValue update(JsonNode body) throws MalformedBodyException {
        return decode(body, EngineTypes.UPDATE);
    }

    /** The body of {@code POST /containers/{id}/exec}. */
    static GoValue exec(JsonNode body) throws MalformedBodyException {
        return decode(body, EngineTypes.EXEC);
    }

    /** The body of {@code POST /volumes/create}. */
    static GoValue volume(JsonNode body) throws MalformedBodyException {
        return decode(body, EngineTypes.VOLUME_CREATE);
    }

    /** The body of {@code POST /networks/create}. */
    static GoValue network(JsonNode body) throws MalformedBodyException {
        return decode(body, EngineTypes.NETWORK_CREATE);
    }

    /** The body of {@code POST /networks/{id}/connect}. */
    static GoValue connect(JsonNode body) throws MalformedBodyException {
        return decode(body, EngineTypes.NETWORK_CONNECT);
    }

    /** What {@code GET /volumes/{name}} answers. */
    static GoValue inspectedVolume(JsonNode body) throws MalformedBodyException {
        return decode(body, EngineTypes.VOLUME);
    }

    private static GoValue decode(JsonNode body, GoType.Struct type) throws MalformedBodyException {
        if (!body.isObject()) {
            throw new MalformedBodyException(FieldPath.ROOT, "is no object", "send a JSON object");
        }
        return GoDecoder.decode(body, type, FieldPath.ROOT);
    }

    /**
     * Older engines (20.10 among them) take HostConfig's fields from the top level too, newer ones ignore them there. Null
     * sets nothing on either: the Docker SDK for Python sends {@code "Runtime": null}.
     */
    private static void refuseMisplaced(String key, JsonNode body) throws MalformedBodyException {
        if (HOST_CONFIG_ONLY.contains(GoNames.fold(key)) && !body.get(key).isNull()) {
            throw new MalformedBodyException(
                    FieldPath.ROOT.child(key),
                    "belongs to HostConfig, but some engines heed it here too",
                    "move it into HostConfig");
        }
    }
}
