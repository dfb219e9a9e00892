package dev.portcullis.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.policy.PolicySet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Texts that are judged, and the reports on them. */
final class Samples {
    /** What markup and terminals could take for their own. */
    static final String HOSTILE =
            "a]]>b|c`d``e\\|f%0Ag::error::h<script>i&amp;j@team #1 [k](l) **m** \u001b[31mn\u202Eo\nq\r\uD83D\uDE00,r";

    private Samples() {}

    /** A pod whose names and image are hostile. */
    static String hostilePod() {
        String name = JsonMapper.shared().writeValueAsString(HOSTILE);
        return """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": %s, "namespace": %s},
                "spec": {"containers": [{"name": %s, "image": %s}]}}""".formatted(name, name, name, name);
    }

    static List<Inspection> inspect(@Nullable String source, String text) {
        return inspect(source, text, "hardened");
    }

    static List<Inspection> inspect(@Nullable String source, String text, String profile) {
        try {
            return new Inspector(PolicySet.alone(profile, null), null, true).inspect(source, text.getBytes(UTF_8), 100);
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    static String report(Function<PrintWriter, ReportWriter> form, List<Inspection> inspections) {
        StringWriter text = new StringWriter();
        ReportWriter report = form.apply(new PrintWriter(text));
        inspections.forEach(report::add);
        report.end(Tally.of(inspections));
        return text.toString();
    }
}
