package dev.portcullis.reports;

import dev.portcullis.cluster.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a report says, when it was found apart: as a number for keeping, and as texts for comparing one by one. */
final class Content {
    private static final String TIMESTAMP = "timestamp";

    private Content() {}

    /** Equal for reports that say the same, whatever order their members have; never 0. */
    static long of(JsonNode report) {
        JsonNode metadata = report.path("metadata");
        List<String> texts = new ArrayList<>();
        texts.add(metadata.path("labels").path(ReportBody.MANAGED_BY).stringValue(""));
        texts.add(text(metadata.path("ownerReferences")));
        for (String member : new String[] {"source", "scope", "configuration", "summary", "results"}) {
            texts.add(text(report.path(member)));
        }
        long number = Fingerprint.of(texts.toArray(String[]::new));
        return number == 0 ? 1 : number;
    }

    private static String text(JsonNode node) {
        return Fingerprint.canonical(node, TIMESTAMP);
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
}
