package dev.portcullis.docker.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a create body says: two that say the same are equal, however much of what is usual they spell out. */
final class SaidBody {
    /** Empty is not the same as absent there. */
    private static final Set<String> TELLING =
            Set.of("/ExposedPorts", "/Volumes", "/HostConfig/MaskedPaths", "/HostConfig/ReadonlyPaths");
    /** Their order says nothing. */
    private static final Set<String> SETS =
            Set.of("/Env", "/HostConfig/Binds", "/HostConfig/CapAdd", "/HostConfig/CapDrop", "/HostConfig/Ulimits");

    private static final Set<String> USUAL = Set.of(
            "/HostConfig/NetworkMode \"default\"",
            "/HostConfig/RestartPolicy/Name \"no\"",
            "/HostConfig/MemorySwappiness -1",
            "/HostConfig/ConsoleSize [0,0]");

    private SaidBody() {}

    static JsonNode of(JsonNode body) {
        return said(body, "");
    }

    private static JsonNode said(JsonNode node, String place) {
        return switch (node) {
            case ArrayNode array -> list(array, place);
            case ObjectNode object -> members(object, place);
            default -> node.isIntegralNumber() ? Draft.NODES.numberNode(node.longValue()) : node;
        };
    }

    private static JsonNode list(ArrayNode array, String place) {
        List<JsonNode> elements = new ArrayList<>();
        for (JsonNode element : array) {
            elements.add(said(element, place + "/"));
        }
        if (SETS.contains(place)) {
            elements.sort(Comparator.comparing(JsonNode::toString));
        }
        return Draft.NODES.arrayNode().addAll(elements);
    }

    private static JsonNode members(ObjectNode object, String place) {
        ObjectNode said = Draft.NODES.objectNode();
        for (String name : new TreeSet<>(object.propertyNames())) {
            String at = place + "/" + name;
            JsonNode value = said(object.get(name), at);
            boolean telling = TELLING.contains(place) || (TELLING.contains(at) && value.isArray());
            if ((telling || !isNothing(value)) && !USUAL.contains(at + " " + value)) {
                said.set(name, value);
            }
        }
        return said;
    }

    private static boolean isNothing(JsonNode value) {
        return value.isContainer()
                ? value.isEmpty()
                : value.isNull()
                        || value.equals(Draft.NODES.booleanNode(false))
                        || value.equals(Draft.NODES.numberNode(0L))
                        || value.stringValue("said").isEmpty();
    }
}
