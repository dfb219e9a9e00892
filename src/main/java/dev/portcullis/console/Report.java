package dev.portcullis.console;

import dev.portcullis.history.ResultPage;
import dev.portcullis.history.WorkloadFilter;
import dev.portcullis.history.WorkloadResult;
import dev.portcullis.history.WorkloadSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A report as it is written: how things stand, by check, and by workload with what would mend it. */
final class Report {
    /** The most findings of one. */
    static final int MOST_ROWS = 10_000;

    /** What does not fit scrolls, by the keyboard too. */
    private static final String TABLES = "<div class=\"tables\" tabindex=\"0\">";

    private static final String STYLE = """
            :root{color-scheme:light;font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
            body{margin:2rem auto;padding:0 1rem;max-width:75rem;color:#18212f;background:#fff}
            h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem;margin:1.4rem 0 .3rem}
            h1,h3,p,th,td{overflow-wrap:anywhere}
            .tables{overflow-x:auto}
            table{border-collapse:collapse;width:100%;margin:.5rem 0}
            th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}
            thead th{background:#eef1f6;white-space:nowrap}td{min-width:4.5rem}tbody th{font-weight:600}
            code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em}
            .note{border-left:4px solid #825400;padding-left:.8rem}
            @media print{.tables{overflow:visible}body{margin:0;max-width:none;font-size:11px}h3,tr{break-inside:avoid}h3{break-after:avoid}}
            """;

    /** Nothing but its own style: in the browser and, as it says so itself, as a file. */
    static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + hash() + "'; base-uri 'none'; form-action 'none'";

    private final WorkloadFilter of;
    private final WorkloadSummary summary;
    private final Instant now;
    private final Html html;
    private final long total;
    private int written;
    private @Nullable String place;

    /** @param of the namespace, the check, or both */
    Report(WorkloadFilter of, WorkloadSummary summary, Instant now, Html html) {
        this.of = of;
        this.summary = summary;
        this.now = now;
        this.html = html;
        this.total = checks().stream()
                .mapToLong(WorkloadSummary.CheckTotal::findings)
                .sum();
    }

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The next page of what is found. */
    @FunctionalInterface
    interface Pages {
        ResultPage after(String cursor) throws IOException;
    }

    void write(ResultPage first, Pages pages) throws IOException {
        head();
        byCheck();
        html.element("h2", "By workload");
        if (first.results().isEmpty() && first.next() == null) {
            html.element("p", "Nothing is found.");
        }
        ResultPage page = first;
        while (true) {
            for (WorkloadResult result : page.results()) {
                if (written < MOST_ROWS) {
                    result(result);
                }
            }
            if (page.next() == null || written >= MOST_ROWS) {
                break;
            }
            page = pages.after(page.next());
        }
        html.raw(place == null ? "" : "</tbody></table></div>").raw("</main></body></html>\n");
    }

    private String title() {
        String what = of.namespace() == null
                ? "Check " + of.check()
                : "Namespace " + (of.namespace().isEmpty() ? "(none)" : of.namespace())
                        + (of.check() == null ? "" : ", check " + of.check());
        return what + (of.cluster() == null ? "" : " of " + of.cluster());
    }

    private void head() throws IOException {
        html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .element("title", title() + " · Portcullis")
                .raw("<style>" + STYLE + "</style></head>\n<body><main>")
                .element("h1", title())
                .element("p", "Portcullis, " + now.truncatedTo(ChronoUnit.SECONDS));
        if (of.check() == null) {
            posture();
        }
        if (total > MOST_ROWS) {
            html.raw("<p class=\"note\">")
                    .text("Of " + total + " findings this has the first " + MOST_ROWS
                            + ". The export as CSV or JSON has all of them.")
                    .raw("</p>");
        }
    }

    private void posture() throws IOException {
        long workloads = sum(summary.namespaces().stream()
                .map(WorkloadSummary.Place::workloads)
                .toList());
        long violating = sum(summary.namespaces().stream()
                .map(WorkloadSummary.Place::violating)
                .toList());
        long warned = sum(
                summary.namespaces().stream().map(WorkloadSummary.Place::warned).toList());
        String score = workloads == 0
                ? "No workload is known."
                : 100 * (workloads - violating) / workloads + " % of "
                        + workloads + " workloads would be let in: " + violating + " would be denied, " + warned
                        + " have warnings, " + (workloads - violating - warned) + " are clean.";
        html.element("p", score);
    }

    private static long sum(List<Long> all) {
        return all.stream().mapToLong(Long::longValue).sum();
    }

    private List<WorkloadSummary.CheckTotal> checks() {
        return summary.checks().stream()
                .filter(each -> of.check() == null || of.check().equals(each.check()))
                .toList();
    }

    private void byCheck() throws IOException {
        html.element("h2", "By check").raw(TABLES);
        html.table("Check", "Severity", "Mode", "Findings", "Workloads");
        for (WorkloadSummary.CheckTotal each : checks()) {
            html.row(each.check(), each.severity(), mode(each.mode()), each.findings(), each.workloads());
        }
        html.raw("</tbody></table></div>\n");
    }

    private static String mode(String mode) {
        return mode.equals("enforce") ? "deny" : mode;
    }

    private void result(WorkloadResult result) throws IOException {
        String here = result.kind() + " " + result.name() + " – " + result.cluster()
                + (result.namespace().isEmpty() ? "" : " / " + result.namespace());
        if (!here.equals(place)) {
            html.raw(place == null ? "" : "</tbody></table></div>\n")
                    .element("h3", here)
                    .raw(TABLES);
            html.table("Check", "Severity", "Mode", "Container", "What is wrong", "Fix");
            place = here;
        }
        html.raw("<tr>")
                .element("th", result.check())
                .element("td", result.severity())
                .element("td", mode(result.mode()))
                .element("td", result.container())
                .raw("<td>")
                .text(result.message());
        if (result.field() != null) {
            html.raw("<br>").element("code", result.field() + (result.value() == null ? "" : ": " + result.value()));
        }
        html.raw("</td><td>");
        fix(result.fix());
        html.raw("</td></tr>\n");
        written++;
    }

    /** Operations of a JSON Patch, one a line. */
    private void fix(@Nullable JsonNode fix) throws IOException {
        JsonNode operations = fix != null && fix.isObject() ? fix.path("patch") : fix;
        if (operations == null || !operations.isArray()) {
            return;
        }
        for (JsonNode operation : operations.values()) {
            String sign = operation.path("op").asString("").equals("remove") ? "− " : "+ ";
            JsonNode value = operation.path("value");
            html.element(
                            "code",
                            sign + operation.path("path").asString("") + (value.isMissingNode() ? "" : ": " + value))
                    .raw("<br>");
        }
    }
}
