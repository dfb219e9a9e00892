package dev.portcullis.inspection;

import tools.jackson.databind.JsonNode;

final class ContainerBodies {
    private ContainerBodies() {}

    static boolean isOne(JsonNode root) {
        return false;
    }
}
