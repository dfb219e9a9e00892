package dev.portcullis.docker;

import dev.portcullis.docker.GoType.Struct;
import dev.portcullis.workload.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Engines ignore keys that they do not know; in a fixture such a key is a mistake. */
public final class KnownFields {
    private KnownFields() {}

    /** Throws where a container-create body has a key that no field takes. */
    public static void require(JsonNode body) {
        require(body, EngineTypes.CREATE, FieldPath.ROOT);
    }

    /** Throws where a request has a member, or its body a key, that means nothing. */
    public static void requireInRequest(JsonNode request) {
        for (String member : request.propertyNames()) {
            if (!List.of("method", "uri", "body").contains(member)) {
                throw new IllegalArgumentException("no member " + member);
            }
        }
        if (request.has("body")) {
            require(request.get("body"), bodyOf(path(request.path("uri").stringValue(""))), FieldPath.ROOT);
        }
    }

    private static String path(String uri) {
        try {
            return RequestTarget.parse(uri).path();
        } catch (MalformedBodyException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    private static GoType bodyOf(String path) {
        return switch (path) {
            case "/volumes/create" -> EngineTypes.VOLUME_CREATE;
            case "/networks/create" -> EngineTypes.NETWORK_CREATE;
            case String container when container.endsWith("/exec") -> EngineTypes.EXEC;
            case String container when container.endsWith("/update") -> EngineTypes.UPDATE;
            default -> throw new IllegalArgumentException(path + " takes no body that is read");
        };
    }

    /** Throws where an image, as an engine prints it, has a key that no field takes. */
    public static void requireInImage(JsonNode image) {
        GoType.Struct known =
                EngineTypes.IMAGE.with(Struct.empty().with(new GoType.Text(GoText.STRING), "Type"), "RootFS");
        require(image, known, FieldPath.ROOT);
    }

    private static void require(JsonNode node, GoType type, FieldPath path) {
        switch (type) {
            case GoType.Struct struct ->
                node.forEachEntry((key, value) -> {
                    Integer field = struct.match(key);
                    if (field == null) {
                        throw new IllegalArgumentException("no field " + path.child(key));
                    }
                    require(value, struct.fields().get(field).type(), path.child(key));
                });
            case GoType.Mapping map ->
                node.forEachEntry((key, value) -> require(value, map.element(), path.child(key)));
            case GoType.Pointer pointer -> require(node, pointer.target(), path);
            case GoType.Slice slice -> node.forEach(element -> require(element, slice.element(), path));
            case GoType.Array array -> node.forEach(element -> require(element, array.element(), path));
            default -> {
                // has no fields
            }
        }
    }
}
