package dev.portcullis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An engine that has what a test says, and keeps what it was asked. */
class KnownEngine implements EngineView {
    final Map<String, String> images = new HashMap<>();
    final Map<String, String> containers = new HashMap<>();
    final Map<String, String> volumes = new HashMap<>();
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** The image of a name, with the user that it runs as. */
    KnownEngine image(String name, String user) {
        String id = "sha256:"
                + Integer.toHexString(0x10000000 + name.hashCode() / 16).repeat(8);
        String image = "{\"Id\":\"%s\",\"Architecture\":\"amd64\",\"Os\":\"linux\",\"Config\":{\"User\":\"%s\"}}"
                .formatted(id, user);
        images.put(name, image);
        images.put(id, image);
        return this;
    }

    @Override
    public Optional<JsonNode> image(String name, Deadline deadline) {
        return answer("image " + name, images.get(name));
    }

    @Override
    public Optional<JsonNode> container(String name, Deadline deadline) {
        return answer("container " + name, containers.get(name));
    }

    @Override
    public Optional<JsonNode> volume(String name, Deadline deadline) {
        return answer("volume " + name, volumes.get(name));
    }

    private Optional<JsonNode> answer(String question, @Nullable String answer) {
        asked.add(question);
        try {
            return answer == null ? Optional.empty() : Optional.of(Json.read(answer.getBytes(UTF_8)));
        } catch (UnreadableException e) {
            throw new IllegalArgumentException(answer, e);
        }
    }
}
