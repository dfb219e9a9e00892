package dev.portcullis.scan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an engine says of itself.
 *
 * @param info as {@code GET /info} prints it
 * @param bridge its default bridge as {@code GET /networks/bridge} prints it, null where it has none
 */
record EngineFacts(JsonNode info, @Nullable JsonNode bridge) {
    /** A field's text, empty where it says none. */
    String text(String field) {
        return info.path(field).stringValue("");
    }

    boolean is(String field) {
        return info.path(field).booleanValue(false);
    }

    /** Strings of a list; none where it is null. */
    static List<String> strings(JsonNode list) {
        return list.valueStream().map(item -> item.stringValue("")).toList();
    }

    /** A security option by its name: {@code name=seccomp,profile=default}. */
    Optional<String> securityOption(String name) {
        String start = "name=" + name;
        return strings(info.path("SecurityOptions")).stream()
                .filter(option -> option.equals(start) || option.startsWith(start + ","))
                .findFirst();
    }

    boolean inSwarm() {
        String state = info.path("Swarm").path("LocalNodeState").stringValue("inactive");
        return !state.isEmpty() && !state.equals("inactive");
    }
}
