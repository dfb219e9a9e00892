package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.document.Position;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Judged;
import dev.portcullis.workload.Printable;
import dev.portcullis.workload.Subject;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * SARIF 2.1.0, one run: a rule for every check, a result for every violation and every document that could not be read. What
 * is exempted is a result too, marked as suppressed; what passed or was skipped is none, since viewers show each as an alert.
 */
public final class SarifReport implements ReportWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST = 1_000;
    private static final String ROOT = "%SRCROOT%";

    private final PrintWriter out;
    private final JsonGenerator json;

    /**
     * Writes one.
     *
     * @param mapper how it is laid out
     */
    public SarifReport(PrintWriter out, JsonMapper mapper) {
        this.out = out;
        json = mapper.writer().createGenerator(out);
        json.writeStartObject();
        json.writeStringProperty(
                "$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json");
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        json.writeName("tool");
        json.writeTree(SarifRules.tool());
        json.writeStringProperty("columnKind", "unicodeCodePoints");
        json.writeArrayPropertyStart("results");
    }

    @Override
    public void add(Inspection inspection) {
        switch (inspection) {
            case Inspection.Judged judged ->
                judged.report().findings().stream()
                        .filter(finding -> finding.counts() || finding.exemption() != null)
                        .forEach(finding -> json.writeTree(result(finding, judged)));
            case Inspection.Unreadable unreadable -> json.writeTree(result(unreadable));
            case Inspection.NoWorkload none -> {}
        }
    }

    @Override
    public void end(Tally tally) {
        json.writeEndArray();
        json.writeArrayPropertyStart("invocations");
        json.writeTree(NODES.objectNode().put("executionSuccessful", tally.errors() == 0));
        json.writeEndArray();
        json.writeName("properties");
        json.writeTree(JsonReport.summary(tally));
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.append('\n').flush();
    }

    private static ObjectNode result(Judged judged, Inspection.Judged inspection) {
        Finding finding = judged.finding();
        Subject subject = inspection.report().subject();
        String level = SarifRules.level(judged.mode());
        String text = Printable.text(inspection.whatHas(finding) + ": " + finding.message(), LONGEST);
        ObjectNode result = result(finding.check().id(), level, text);
        ObjectNode location = location(result, inspection.source(), inspection.placeToTell(finding));
        location.putArray("logicalLocations").add(logical(subject));
        result.putObject("partialFingerprints")
                .put("portcullis/v1", Fingerprint.of(subject.display(), finding.identity()));
        result.putObject("properties")
                .put("mode", judged.mode().id())
                .put("policy", judged.policy().name())
                .put("container", finding.container())
                .put("field", finding.path() == null ? null : finding.path().field());
        if (inspection.report().assumed().contains(judged.policy().name())) {
            ((ObjectNode) result.path("properties")).put("assumed", true);
        }
        if (judged.exemption() != null) {
            suppress(result, judged.exemption());
        }
        return result;
    }

    /** Viewers keep it, and raise no alert. */
    private static void suppress(ObjectNode result, Exemption leave) {
        String justification = "exempted by " + leave.id() + " of " + leave.owner() + " until " + leave.expiresAt()
                + ": " + leave.reason();
        result.putArray("suppressions")
                .addObject()
                .put("kind", "external")
                .put("justification", Printable.text(justification, LONGEST));
    }

    private static ObjectNode result(Inspection.Unreadable unreadable) {
        ObjectNode result = result(SarifRules.UNREADABLE, "error", Printable.text(unreadable.error(), LONGEST));
        location(result, unreadable.source(), unreadable.place());
        result.putObject("partialFingerprints")
                .put("portcullis/v1", Fingerprint.of(SarifRules.UNREADABLE, unreadable.error()));
        return result;
    }

    private static ObjectNode result(String rule, String level, String message) {
        ObjectNode result = NODES.objectNode().put("ruleId", rule);
        Integer index = SarifRules.index(rule);
        if (index != null) {
            result.put("ruleIndex", index);
        }
        result.put("level", level);
        result.putObject("message").put("text", message);
        return result;
    }

    private static ObjectNode location(ObjectNode result, @Nullable String source, @Nullable Position place) {
        ObjectNode location = result.putArray("locations").addObject();
        ObjectNode physical = location.putObject("physicalLocation");
        String uri = SourceName.uri(source);
        ObjectNode artifact = physical.putObject("artifactLocation").put("uri", uri);
        if (!uri.startsWith("file:")) {
            artifact.put("uriBaseId", ROOT);
        }
        if (place != null) {
            physical.putObject("region").put("startLine", place.line()).put("startColumn", place.column());
        }
        return location;
    }

    private static ObjectNode logical(Subject subject) {
        return NODES.objectNode()
                .put("name", Printable.text(subject.name() == null ? "(unnamed)" : subject.name(), LONGEST))
                .put("fullyQualifiedName", Printable.text(subject.display(), LONGEST))
                .put("kind", "resource");
    }
}
