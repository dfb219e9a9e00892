package dev.portcullis.policytest;

import dev.portcullis.document.Position;
import dev.portcullis.policytest.TestResult.CaseResult;
import dev.portcullis.policytest.TestResult.Outcome;
import dev.portcullis.resource.PolicyError;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object: {@code tests}, each with its cases, and a {@code summary}. */
public final class JsonTestReport implements TestReport {
    private final PrintWriter out;
    private final JsonMapper mapper;
    private final ObjectNode report;
    private final ArrayNode tests;
    private int passed;
    private int failed;
    private int errors;

    /**
     * Writes one.
     *
     * @param mapper how it is laid out
     */
    public JsonTestReport(PrintWriter out, JsonMapper mapper) {
        this.out = out;
        this.mapper = mapper;
        this.report = mapper.createObjectNode();
        this.tests = report.putArray("tests");
    }

    @Override
    public void add(TestResult result) {
        ObjectNode test = tests.addObject().put("source", result.source());
        ArrayNode cases = test.putArray("cases");
        for (CaseResult one : result.cases()) {
            ObjectNode node = cases.addObject().put("name", one.name());
            place(node, one.place());
            node.put("result", one.outcome().id());
            one.lines().forEach(node.putArray("differences")::add);
        }
        passed += result.count(Outcome.PASSED);
        failed += result.count(Outcome.FAILED);
        errors += result.count(Outcome.UNREADABLE) + result.errors().size();
        ArrayNode told = test.putArray("errors");
        for (PolicyError error : result.errors()) {
            ObjectNode node = told.addObject().put("source", error.source());
            place(node, error.position());
            node.put("message", error.message());
        }
    }

    private static void place(ObjectNode node, @Nullable Position place) {
        node.put("line", place == null ? null : (Integer) place.line())
                .put("column", place == null ? null : (Integer) place.column());
    }

    @Override
    public void end() {
        report.putObject("summary").put("passed", passed).put("failed", failed).put("errors", errors);
        out.println(mapper.writeValueAsString(report));
        out.flush();
    }
}
