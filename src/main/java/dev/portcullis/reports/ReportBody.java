package dev.portcullis.reports;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.check.Severity;
import dev.portcullis.policy.Category;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Report;
import dev.portcullis.scan.ObjectKey;
import dev.portcullis.scan.Surveyed;
import dev.portcullis.workload.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes report resources. Their results are what does not pass: what is enforced fails, what is only told or recorded
 * warns, what there is leave for is skipped. What passes, and what no scan can judge, is counted alone.
 *
 * @param mild whether the cluster's definition has no severity above high, as older ones have not
 */
record ReportBody(Form form, boolean mild) {
    /** By which others find who wrote a report. */
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    static final String SOURCE = "portcullis";

    /** The report about all reports. */
    static final String OF_ALL = "portcullis";

    static final int MOST_RESULTS = 1_000;
    private static final int LONGEST_NAME = 253;
    private static final int HASH_BYTES = 6;
    private static final int LONGEST_MESSAGE = 600;
    private static final int LONGEST_VALUE = 300;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** As the resource's schema names them, in its order. */
    private enum Outcome {
        PASS,
        FAIL,
        WARN,
        ERROR,
        SKIP;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<Outcome> LISTED = List.of(Outcome.FAIL, Outcome.WARN, Outcome.ERROR, Outcome.SKIP);

    /** The name of the report about a workload. */
    static String name(ObjectKey key) {
        String name = "portcullis-" + key.kind().id().toLowerCase(Locale.ROOT) + "-" + key.name();
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        String end = "-" + hash(name);
        return name.substring(0, LONGEST_NAME - end.length()).replaceAll("[-.]+$", "") + end;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The report about one workload. */
    ObjectNode of(Surveyed surveyed, Instant now) {
        ObjectKey key = surveyed.key();
        ObjectNode report = begin(key.namespace(), name(key));
        ObjectNode owner =
                report.withObject("metadata").putArray("ownerReferences").addObject();
        owner.put("apiVersion", key.kind().apiVersion())
                .put("kind", key.kind().id())
                .put("name", key.name())
                .put("uid", surveyed.uid());
        report.putObject("scope")
                .put("apiVersion", key.kind().apiVersion())
                .put("kind", key.kind().id())
                .put("name", key.name())
                .put("namespace", key.namespace())
                .put("uid", surveyed.uid());
        results(report, surveyed.report(), now);
        return report;
    }

    /**
     * The report about all reports, where some are left out.
     *
     * @param results how many there would be in those that are left out
     * @param most how many results there may be in all
     */
    ObjectNode ofAll(int workloads, int results, int most, Instant now) {
        ObjectNode report = begin("", OF_ALL);
        summary(report, Map.of(Outcome.WARN, 1));
        ObjectNode result = result(report.putArray("results"), "reports", "reports-omitted", Outcome.WARN, now);
        result.put(
                "message",
                workloads + (workloads == 1 ? " workload" : " workloads") + " with " + results
                        + " results have no report: there are " + most + " results at most; raise"
                        + " portcullis.reports.most-results, or mend what is reported");
        result.putObject("properties")
                .put("workloads", String.valueOf(workloads))
                .put("results", String.valueOf(results));
        return report;
    }

    private ObjectNode begin(String namespace, String name) {
        ObjectNode report = NODES.objectNode()
                .put("apiVersion", form.of(namespace).apiVersion())
                .put("kind", form.of(namespace).id());
        ObjectNode metadata = report.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.putObject("labels").put(MANAGED_BY, SOURCE);
        if (form.hasSource()) {
            report.put("source", SOURCE);
            ObjectNode limits = report.putObject("configuration").putObject("limits");
            limits.put("maxResults", MOST_RESULTS);
            LISTED.forEach(outcome -> limits.withArray("statusFilter").add(outcome.id()));
        }
        return report;
    }

    private void results(ObjectNode report, Report found, Instant now) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        ArrayNode results = NODES.arrayNode();
        int left = 0;
        for (Judged judged : found.findings()) {
            Outcome outcome = outcome(judged);
            counts.merge(outcome, 1, Integer::sum);
            if (isListed(judged)) {
                if (results.size() < MOST_RESULTS - 1) {
                    add(results, judged, outcome, now);
                } else {
                    left++;
                }
            }
        }
        if (left > 0) {
            result(results, "reports", "results-omitted", Outcome.WARN, now)
                    .put("message", "and " + left + " more: a report has " + MOST_RESULTS + " results at most");
        }
        summary(report, counts);
        if (!results.isEmpty()) {
            report.set("results", results);
        }
    }

    private static void summary(ObjectNode report, Map<Outcome, Integer> counts) {
        ObjectNode summary = report.putObject("summary");
        for (Outcome outcome : Outcome.values()) {
            summary.put(outcome.id(), counts.getOrDefault(outcome, 0));
        }
    }

    private static boolean isListed(Judged judged) {
        return judged.finding().isViolation();
    }

    private static Outcome outcome(Judged judged) {
        Result result = judged.finding().result();
        if (result == Result.PASS) {
            return Outcome.PASS;
        }
        if (result == Result.SKIP || judged.exemption() != null) {
            return Outcome.SKIP;
        }
        if (result == Result.ERROR) {
            return Outcome.ERROR;
        }
        return judged.mode() == Mode.ENFORCE ? Outcome.FAIL : Outcome.WARN;
    }

    private void add(ArrayNode results, Judged judged, Outcome outcome, Instant now) {
        Finding finding = judged.finding();
        CheckInfo check = finding.check();
        ObjectNode result = result(results, judged.policy().name(), check.id(), outcome, now);
        result.put("category", Category.of(check).title()).put("severity", severity(check.severity()));
        result.put("message", Printable.text(finding.inContainer(finding.message()), LONGEST_MESSAGE));
        ObjectNode properties =
                result.putObject("properties").put("mode", judged.mode().id());
        put(properties, "container", finding.container());
        put(properties, "field", finding.path() == null ? null : finding.path().field());
        put(properties, "fix", finding.remedy().isEmpty() ? null : finding.remedy());
        put(
                properties,
                "exemption",
                judged.exemption() == null ? null : judged.exemption().id());
    }

    private ObjectNode result(ArrayNode results, String policy, String rule, Outcome outcome, Instant now) {
        ObjectNode result =
                results.addObject().put("policy", policy).put("rule", rule).put("result", outcome.id());
        if (!form.hasSource()) {
            result.put("source", SOURCE);
        }
        result.putObject("timestamp").put("seconds", now.getEpochSecond()).put("nanos", 0);
        return result;
    }

    private static void put(ObjectNode properties, String name, @Nullable String value) {
        if (value != null) {
            properties.put(name, Printable.text(value, LONGEST_VALUE));
        }
    }

    private String severity(Severity severity) {
        return mild && severity == Severity.CRITICAL ? Severity.HIGH.id() : severity.id();
    }

    /** How many results a report lists. */
    static int count(JsonNode report) {
        return report.path("results").size();
    }
}
