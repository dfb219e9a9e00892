package dev.portcullis.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts and the dashboard ask for what the program tells. */
final class MonitoringTest {
    private static final Pattern USED = Pattern.compile("\\bportcullis_[a-z_]+");
    private static final Pattern METER = Pattern.compile("\"(portcullis(?:\\.[a-z]+)+)\"");
    private static final Pattern SUFFIX = Pattern.compile("_total$|_seconds_bucket$|_seconds_count$|_seconds$");

    @Test
    void metricsAreThoseOfTheProgram() throws IOException {
        Set<String> known = meters();
        String asked = Chart.text(Chart.NEWEST, Chart.EVERYTHING);

        List<String> used =
                USED.matcher(asked).results().map(MatchResult::group).distinct().toList();

        assertThat(used)
                .hasSizeGreaterThan(10)
                .allSatisfy(name ->
                        assertThat(SUFFIX.matcher(name).replaceFirst("")).isIn(known));
    }

    private static Set<String> meters() throws IOException {
        try (var sources = Files.walk(Path.of("src", "main", "java"))) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> METER.matcher(read(file)).results())
                    .map(meter -> meter.group(1).replace('.', '_'))
                    .collect(Collectors.toSet());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "portcullis_history_failing",
                "portcullis_history_dropped_total",
                "portcullis_history_damaged",
                "portcullis_notifications_failing",
                "portcullis_notifications_lost_total",
                "portcullis_scan_leader",
                "portcullis_scan_failures_total",
                "portcullis_scan_pass_seconds_count",
                "portcullis_reports_failures_total",
                "portcullis_reports_omitted",
                "portcullis_webhook_registered",
                "portcullis_policy_invalid",
                "portcullis_policy_builtin",
                "portcullis_cluster_watching",
                "portcullis_events_total"
            })
    void anAlertIsForEachFaultThatNeedsAPerson(String metric) {
        assertThat(rules(Chart.objects(Chart.NEWEST, Chart.EVERYTHING)))
                .anySatisfy(rule -> assertThat(USED.matcher(rule.path("expr").asString(""))
                                .results()
                                .map(MatchResult::group))
                        .contains(metric));
    }

    private static JsonNode rules(List<JsonNode> objects) {
        return Chart.one(objects, "PrometheusRule", "-gate").at("/spec/groups/0/rules");
    }

    @Test
    void alertsAreAboutTheServiceThatIsScraped() {
        List<JsonNode> objects = Chart.objects(Chart.NEWEST, Chart.EVERYTHING);
        JsonNode rules = rules(objects);

        assertThat(rules).hasSizeGreaterThan(5).allSatisfy(rule -> {
            assertThat(rule.path("alert").asString("")).startsWith("Portcullis");
            assertThat(rule.path("expr").asString("")).containsPattern("job=\"portcullis-(gate|console)-metrics\"");
            assertThat(rule.at("/labels/severity").asString("")).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asString("")).endsWith(".");
        });
        assertThat(Chart.one(objects, "Service", "-metrics")
                        .at("/spec/ports/0/name")
                        .asString(""))
                .isEqualTo(Chart.one(objects, "ServiceMonitor", "-gate")
                        .at("/spec/endpoints/0/port")
                        .asString("-"));
    }

    @Test
    void theDashboardIsWhole() {
        JsonNode map = Chart.one(Chart.objects(Chart.NEWEST, Chart.EVERYTHING), "ConfigMap", "-dashboard");

        JsonNode dashboard = JsonMapper.shared()
                .readTree(map.at("/data/portcullis-gate.json").asString(""));

        assertThat(map.at("/metadata/labels/grafana_dashboard").asString("")).isEqualTo("1");
        assertThat(dashboard.path("panels"))
                .hasSizeGreaterThan(5)
                .allSatisfy(panel ->
                        assertThat(panel.at("/targets/0/expr").asString("")).isNotEmpty())
                .anySatisfy(panel -> assertThat(panel.path("targets").toString())
                        .contains("portcullis_notifications_sent_total", "portcullis_notifications_lost_total"));
    }
}
