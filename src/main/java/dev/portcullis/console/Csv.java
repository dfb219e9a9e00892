package dev.portcullis.console;

import dev.portcullis.history.Decision;
import dev.portcullis.history.RecordedFinding;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decisions as CSV (RFC 4180), of which no value is a formula to whoever opens it in a spreadsheet. */
final class Csv {
    private static final List<String> COLUMNS = List.of(
            "seq",
            "time",
            "source",
            "outcome",
            "cluster",
            "namespace",
            "kind",
            "name",
            "ownerKind",
            "owner",
            "operation",
            "user",
            "checks",
            "policies",
            "micros",
            "uid",
            "message");

    private Csv() {}

    static void header(Appendable out) throws IOException {
        out.append(String.join(",", COLUMNS)).append("\r\n");
    }

    static void row(Decision decision, Appendable out) throws IOException {
        String checks = decision.findings().stream()
                .map(RecordedFinding::check)
                .distinct()
                .collect(Collectors.joining(" "));
        out.append(Long.toString(decision.seq()));
        add(decision.at().toString(), out);
        add(decision.source(), out);
        add(decision.outcome(), out);
        add(decision.cluster(), out);
        add(decision.namespace(), out);
        add(decision.kind(), out);
        add(decision.name(), out);
        add(decision.ownerKind(), out);
        add(decision.ownerName(), out);
        add(decision.operation(), out);
        add(decision.username(), out);
        add(checks, out);
        add(decision.policies(), out);
        add(Long.toString(decision.micros()), out);
        add(decision.uid(), out);
        add(decision.message(), out);
        out.append("\r\n");
    }

    private static void add(@Nullable String value, Appendable out) throws IOException {
        out.append(',');
        if (value == null || value.isEmpty()) {
            return;
        }
        boolean formula = "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
        out.append('"')
                .append(formula ? "'" : "")
                .append(value.replace("\"", "\"\""))
                .append('"');
    }
}
