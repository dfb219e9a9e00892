package dev.portcullis.reports;

import dev.portcullis.cluster.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a report says, when it was found apart: as numbers to compare. */
final class Content {
    private static final String TIMESTAMP = "timestamp";

    private Content() {}

    /** Equal for reports that say the same, whatever order their members have; never 0. */
    static long of(JsonNode report) {
        JsonNode metadata = report.path("metadata");
        long number = Fingerprint.of(
                TIMESTAMP,
                metadata.path("labels").path(ReportBody.MANAGED_BY),
                metadata.path("ownerReferences"),
                report.path("source"),
                report.path("scope"),
                report.path("configuration"),
                report.path("summary"),
                report.path("results"));
        return number == 0 ? 1 : number;
    }

    /** Gives the results of a report the times at which the same were found before. */
    static void keepTimes(JsonNode before, ObjectNode now) {
        Map<Long, JsonNode> times = new HashMap<>();
        for (JsonNode result : before.path("results")) {
            if (result.path(TIMESTAMP).isObject()) {
                times.put(Fingerprint.of(TIMESTAMP, result), result.path(TIMESTAMP));
            }
        }
        for (JsonNode result : now.path("results")) {
            JsonNode time = times.get(Fingerprint.of(TIMESTAMP, result));
            if (time != null && result instanceof ObjectNode object) {
                object.set(TIMESTAMP, time);
            }
        }
    }
}
