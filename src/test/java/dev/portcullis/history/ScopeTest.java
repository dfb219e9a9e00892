package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ScopeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "shop, shop, true",
        "shop, shop-dev, false",
        "shop-*, shop-dev, true",
        "shop-*, shop, false",
        "*-dev, shop-dev, true",
        "*a*b*, xaxbx, true",
        "*a*b*, xbxax, false",
        "'*', '', true",
        "shop, '', false",
        "a**, a, true",
    })
    void knowsNamespacesByPatterns(String pattern, String namespace, boolean matches) {
        assertThat(Scope.matches(pattern, namespace)).isEqualTo(matches);
    }

    @Test
    void isDoneWithALongNameInNoTime() {
        assertThat(Scope.matches("*a".repeat(31), "a".repeat(253) + "b")).isFalse();
    }

    private static WorkloadState state(String cluster, String namespace, String kind, WorkloadFinding... findings) {
        return new WorkloadState(cluster, namespace, kind, "web", NOON, NOON, "v1", List.of(findings));
    }

    private static WorkloadFinding finding(String check, String severity, String mode) {
        return Running.finding(check, mode, severity, null);
    }

    private static Scope namespaces(String... patterns) {
        return new Scope(null, List.of(patterns), List.of(), List.of(), List.of());
    }

    private static List<String> found(Workloads workloads, Scope scope) {
        return workloads.list(Sight.ALL, Running.ALL.in(scope), WorkloadOrder.WRITTEN, null, 100).stream()
                .map(each -> each.state().namespace() + "/" + each.state().kind())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void narrowsWorkloadsResultsAndCounts(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            workloads.replace(
                    "c1",
                    List.of(
                            state(
                                    "c1",
                                    "shop",
                                    "Pod",
                                    finding("privileged", "critical", "enforce"),
                                    finding("host-pid", "high", "warn")),
                            state("c1", "shop-dev", "Job", finding("host-pid", "high", "enforce")),
                            state("c1", "shopxdev", "Pod", finding("cpu-limit", "low", "warn"))),
                    List.of());
            workloads.replace("c2", List.of(state("c2", "bank", "Pod")), List.of());

            assertThat(found(workloads, Scope.ALL)).hasSize(4);
            assertThat(found(workloads, namespaces("shop", "bank"))).containsExactly("shop/Pod", "bank/Pod");
            assertThat(found(workloads, namespaces("shop-*"))).containsExactly("shop-dev/Job");
            assertThat(found(workloads, namespaces("shop_dev", "%"))).isEmpty();
            assertThat(found(workloads, new Scope("c1", List.of(), List.of("Job"), List.of(), List.of())))
                    .containsExactly("shop-dev/Job");
            Scope counting = new Scope(
                    null, List.of("shop*"), List.of(), List.of("host-pid", "cpu-limit"), List.of(Severity.HIGH));
            assertThat(found(workloads, counting)).containsExactly("shop/Pod", "shop-dev/Job");
            assertThat(workloads.list(Sight.ALL, Running.ALL.in(counting), WorkloadOrder.WRITTEN, null, 9))
                    .extracting(each -> each.state().findings())
                    .allSatisfy(findings -> assertThat(findings)
                            .extracting(WorkloadFinding::check)
                            .containsExactly("host-pid"));

            Summaries summaries = new Summaries(database);
            WorkloadSummary summary = summaries.summary(Sight.ALL, "c1", null, counting);
            assertThat(summary.namespaces())
                    .containsExactly(
                            new WorkloadSummary.Place("c1", "shop", 1, 0, 1),
                            new WorkloadSummary.Place("c1", "shop-dev", 1, 1, 0),
                            new WorkloadSummary.Place("c1", "shopxdev", 1, 0, 0));
            assertThat(summary.checks())
                    .containsExactly(
                            new WorkloadSummary.CheckTotal("host-pid", "high", "enforce", 1, 1),
                            new WorkloadSummary.CheckTotal("host-pid", "high", "warn", 1, 1));
            assertThat(summaries
                            .summary(new Sight(Set.of("shop")), null, null, counting)
                            .namespaces())
                    .extracting(WorkloadSummary.Place::namespace)
                    .containsExactly("shop");
            ResultFilter results = new ResultFilter(Running.ALL.in(counting), false, null);
            assertThat(new Results(database)
                            .page(Sight.ALL, results, ResultOrder.WRITTEN, null, 10)
                            .results())
                    .extracting(WorkloadResult::check)
                    .containsExactly("host-pid", "host-pid");
        }
    }
}
