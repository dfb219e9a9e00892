package dev.portcullis.inspection;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Result;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.document.Position;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Subject;
import java.io.PrintWriter;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The report form: {@code results}, {@code ignored}, {@code summary}. */
public final class JsonReport implements ReportWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final PrintWriter out;
    private final JsonGenerator json;
    private @Nullable BenchComparison comparison;

    /**
     * Writes one.
     *
     * @param mapper how it is laid out
     */
    public JsonReport(PrintWriter out, JsonMapper mapper) {
        this.out = out;
        json = mapper.writer().createGenerator(out);
        json.writeStartObject();
        json.writeArrayPropertyStart("results");
    }

    @Override
    public void add(Inspection inspection) {
        ObjectNode result = result(inspection);
        if (result != null) {
            json.writeTree(result);
        }
    }

    @Override
    public void compare(BenchComparison told) {
        comparison = told;
    }

    @Override
    public void end(Tally tally) {
        json.writeEndArray();
        json.writeNumberProperty("ignored", tally.ignored());
        json.writeName("summary");
        json.writeTree(summary(tally));
        if (comparison != null) {
            json.writeName("dockerBench");
            json.writeTree(dockerBench(comparison));
        }
        json.writeEndObject();
        json.flush();
        out.append('\n').flush();
    }

    /** What a report says of one inspection, null where it is only counted. */
    static @Nullable ObjectNode result(Inspection inspection) {
        return switch (inspection) {
            case Inspection.Judged judged -> judged(judged);
            case Inspection.Unreadable unreadable -> unreadable(unreadable);
            case Inspection.NoWorkload none -> null;
        };
    }

    private static ObjectNode judged(Inspection.Judged judged) {
        Report report = judged.report();
        ObjectNode result = NODES.objectNode();
        result.set("subject", subject(report.subject(), judged.source(), judged.start()));
        ArrayNode policies = result.putArray("policies");
        report.policies().forEach(policy -> policies.add(policy(policy)));
        if (!report.assumed().isEmpty()) {
            report.assumed().forEach(result.putArray("assumed")::add);
        }
        result.put("decision", report.allowed() ? "allow" : "deny");
        result.put("allowed", report.allowed());
        ArrayNode findings = result.putArray("findings");
        for (int i = 0; i < report.findings().size(); i++) {
            ArrayNode fix = judged.fixes().get(i);
            ObjectNode finding = finding(report.findings().get(i), judged, fix);
            String flags =
                    judged.command() == null ? "" : judged.command().flags().get(i);
            if (!flags.isEmpty()) {
                finding.put("flags", flags);
            }
            findings.add(finding);
        }
        result.set("patch", judged.patch());
        result.set("patched", judged.patched() == null ? NODES.nullNode() : patched(judged.patched()));
        if (judged.command() != null && judged.command().after() != null) {
            ObjectNode mended =
                    result.putObject("mended").put("command", judged.command().mended());
            mended.setAll(patched(judged.command().after()));
        }
        return result;
    }

    private static ObjectNode unreadable(Inspection.Unreadable unreadable) {
        ObjectNode result = NODES.objectNode();
        ObjectNode subject = result.putObject("subject").put("source", unreadable.source());
        place(subject, unreadable.place(), true);
        result.put("decision", "error").put("allowed", false).put("error", unreadable.error());
        return result;
    }

    private static ObjectNode subject(Subject subject, @Nullable String source, @Nullable Position start) {
        ObjectNode node = NODES.objectNode()
                .put("platform", subject.platform().id())
                .put("kind", subject.kind())
                .put("namespace", subject.namespace())
                .put("name", subject.name())
                .put("source", source);
        place(node, start, false);
        return node;
    }

    private static ObjectNode policy(Policy policy) {
        return NODES.objectNode()
                .put("name", policy.name())
                .put("profile", policy.profile().id())
                .put("version", policy.version().toString());
    }

    private static ObjectNode finding(Judged judged, Inspection.Judged inspection, @Nullable ArrayNode patch) {
        Finding finding = judged.finding();
        CheckInfo check = finding.check();
        ObjectNode node = NODES.objectNode()
                .put("check", check.id())
                .put("revision", check.revision())
                .put("policy", judged.policy().name())
                .put("result", finding.result().id())
                .put("mode", judged.mode().id())
                .put("severity", check.severity().id())
                .put("container", finding.container())
                .put(
                        "path",
                        finding.path() == null || inspection.report().subject().form() == Form.DOCKERFILE
                                ? null
                                : finding.path().pointer())
                .put("field", finding.path() == null ? null : finding.path().field());
        place(node, inspection.placeOf(finding), true);
        node.set("value", finding.value() == null ? NODES.nullNode() : JsonPatch.node(finding.value()));
        node.put("message", finding.message());
        node.set("fix", finding.fix() == null || patch == null ? NODES.nullNode() : fix(finding.fix(), patch));
        if (judged.exemption() != null) {
            node.set("exemption", exemption(judged.exemption()));
        }
        node.put("why", check.why());
        ArrayNode references = node.putArray("references");
        check.references().forEach(references::add);
        return node;
    }

    private static ObjectNode exemption(Exemption exemption) {
        return NODES.objectNode()
                .put("namespace", exemption.namespace())
                .put("name", exemption.name())
                .put("owner", exemption.owner())
                .put("reason", exemption.reason())
                .put("expiresAt", exemption.expiresAt().toString());
    }

    private static ObjectNode fix(Fix fix, ArrayNode patch) {
        ObjectNode node = NODES.objectNode().put("safe", fix.safe());
        node.set("patch", patch);
        return node;
    }

    private static ObjectNode patched(Report report) {
        ObjectNode node = NODES.objectNode().put("decision", report.allowed() ? "allow" : "deny");
        ArrayNode remaining = node.putArray("remaining");
        report.violations(Mode.ENFORCE).stream()
                .map(judged -> judged.finding().check().id())
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(remaining::add);
        return node;
    }

    private static void place(ObjectNode node, @Nullable Position position, boolean withColumn) {
        node.put("line", position == null ? null : (Integer) position.line());
        if (withColumn) {
            node.put("column", position == null ? null : (Integer) position.column());
        }
    }

    static ObjectNode dockerBench(BenchComparison comparison) {
        ObjectNode node = NODES.objectNode().put("checks", comparison.checks()).put("score", comparison.score());
        ArrayNode results = node.putArray("results");
        comparison
                .lines()
                .forEach(line -> results.addObject()
                        .put("id", line.id())
                        .put("result", line.outcome().name())
                        .put("scored", line.scored()));
        ArrayNode unjudged = node.putArray("unjudged");
        comparison.unjudged().forEach(unjudged::add);
        return node;
    }

    static ObjectNode summary(Tally tally) {
        ObjectNode summary = NODES.objectNode()
                .put("subjects", tally.subjects())
                .put("allowed", tally.allowed())
                .put("denied", tally.denied())
                .put("errors", tally.errors());
        summary.putObject("findings")
                .put(Mode.ENFORCE.id(), tally.enforce())
                .put(Mode.WARN.id(), tally.warn())
                .put(Mode.AUDIT.id(), tally.audit())
                .put(Result.SKIP.id(), tally.skip())
                .put("exempted", tally.exempted())
                .put(Result.ERROR.id(), tally.brokenChecks());
        return summary;
    }
}
