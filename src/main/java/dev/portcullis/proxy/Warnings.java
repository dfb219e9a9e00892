package dev.portcullis.proxy;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts warnings where the engine has its own. */
final class Warnings {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Warnings() {}

    /** The body with more warnings; as it is where it has no place for them. */
    static byte[] join(byte[] body, List<String> warnings) {
        try {
            if (!(JSON.readTree(body) instanceof ObjectNode answer)) {
                return body;
            }
            ArrayNode list = answer.get("Warnings") instanceof ArrayNode own ? own : answer.putArray("Warnings");
            warnings.forEach(list::add);
            return JSON.writeValueAsBytes(answer);
        } catch (JacksonException noJson) {
            return body;
        }
    }
}
