package dev.portcullis.reports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a report says, when it was found apart: as a number for keeping, and as texts for comparing one by one. */
final class Content {
    private static final String TIMESTAMP = "timestamp";

    private Content() {}

    /** Equal for reports that say the same, whatever order their members have; never 0. */
    static long of(JsonNode report) {
        StringBuilder text = new StringBuilder();
        JsonNode metadata = report.path("metadata");
        text.append(metadata.path("labels").path(ReportBody.MANAGED_BY));
        write(metadata.path("ownerReferences"), text);
        for (String member : new String[] {"source", "scope", "configuration", "summary", "results"}) {
            text.append(member);
            write(report.path(member), text);
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            long number = 1;
            for (int i = 0; i < Long.BYTES; i++) {
                number = number << Byte.SIZE | (digest[i] & 0xff);
            }
            return number == 0 ? 1 : number;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void write(JsonNode node, StringBuilder text) {
        switch (node) {
            case ObjectNode object -> {
                text.append('{');
                new TreeMap<>(asMap(object)).forEach((name, value) -> {
                    if (!name.equals(TIMESTAMP)) {
                        text.append(name).append(':');
                        write(value, text);
                    }
                });
                text.append('}');
            }
            case ArrayNode array -> {
                text.append('[');
                for (JsonNode element : array) {
                    write(element, text);
                    text.append(',');
                }
                text.append(']');
            }
            default -> text.append(node);
        }
    }

    private static Map<String, JsonNode> asMap(ObjectNode object) {
        Map<String, JsonNode> map = new HashMap<>();
        object.properties().forEach(member -> map.put(member.getKey(), member.getValue()));
        return map;
    }

    /** Gives the results of a report the times at which the same were found before. */
    static void keepTimes(JsonNode before, ObjectNode now) {
        Map<String, JsonNode> times = new HashMap<>();
        for (JsonNode result : before.path("results")) {
            if (result.path(TIMESTAMP).isObject()) {
                times.put(text(result), result.path(TIMESTAMP));
            }
        }
        for (JsonNode result : now.path("results")) {
            JsonNode time = times.get(text(result));
            if (time != null && result instanceof ObjectNode object) {
                object.set(TIMESTAMP, time);
            }
        }
    }

    private static String text(JsonNode result) {
        StringBuilder text = new StringBuilder();
        write(result, text);
        return text.toString();
    }
}
