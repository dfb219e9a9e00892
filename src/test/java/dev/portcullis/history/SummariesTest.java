package dev.portcullis.history;

import static dev.portcullis.history.Running.deployment;
import static dev.portcullis.history.Running.finding;
import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class SummariesTest {
    private static final Sight SHOP = new Sight(Set.of("shop", "till"));

    @TempDir
    private Path folder;

    private static WorkloadFinding[] findings(Random random) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(_ -> finding(
                        random.nextBoolean() ? "privileged" : "of the house/a check",
                        random.nextBoolean() ? "enforce" : "warn",
                        "high",
                        random.nextInt(5) == 0 ? "sre/leave" : null))
                .toArray(WorkloadFinding[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatIsThereHoweverItCame(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            Random random = new Random(3);
            for (int round = 0; round < 6; round++) {
                List<WorkloadState> states = random.ints(15, 0, 40)
                        .distinct()
                        .mapToObj(i -> deployment(
                                i % 3 == 0 ? "shop" : "bank", "w" + i, NOON.plusSeconds(10L * i), findings(random)))
                        .toList();
                List<WorkloadState.Key> gone = IntStream.range(0, 4)
                        .map(_ -> random.nextInt(40))
                        .mapToObj(i -> new WorkloadState.Key(i % 3 == 0 ? "shop" : "bank", "Deployment", "w" + i))
                        .toList();
                workloads.replace("c1", states, gone);
                isAsCounted(database);
            }
            workloads.forget("c1", NOON.plusSeconds(200));
            isAsCounted(database);
            new Hosts(database, 5)
                    .keep(
                            new HostReport(
                                    "host-1",
                                    "v1",
                                    0,
                                    List.of(),
                                    List.of(new HostReport.Container("ci", List.of(findings(new Random(4)))))),
                            NOON);
            isAsCounted(database);
            assertThat(new Summaries(database)
                            .summary(Sight.ALL, "host-1", "", Scope.ALL)
                            .checks())
                    .isNotEmpty();
        }
    }

    private static void isAsCounted(Database database) {
        Summaries summaries = new Summaries(database);
        assertThat(summaries.summary(Sight.ALL, null, null, Scope.ALL).checks()).isEqualTo(counted(database, ""));
        assertThat(summaries.summary(SHOP, null, null, Scope.ALL).checks())
                .isEqualTo(counted(database, " AND w.namespace = 'shop'"))
                .isEqualTo(summaries.summary(Sight.ALL, "c1", "shop", Scope.ALL).checks());
        assertThat(summaries.failing(SHOP)).isEqualTo(failing(database, " AND w.namespace = 'shop'"));
        assertThat(summaries.failing(Sight.ALL)).isEqualTo(failing(database, ""));
        assertThat(summaries.failing(new Sight(Set.of("till")))).isEmpty();
    }

    private static List<WorkloadSummary.CheckTotal> counted(Database database, String where) {
        return database
                .client()
                .sql("SELECT f.check_id, f.severity, f.mode, COUNT(*), COUNT(DISTINCT w.id) FROM workload_finding f"
                        + " JOIN workload w ON w.id = f.workload_id WHERE f.exemption IS NULL" + where
                        + " GROUP BY f.check_id, f.severity, f.mode")
                .query((row, _) -> new WorkloadSummary.CheckTotal(
                        row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5)))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(WorkloadSummary.CheckTotal::findings)
                        .reversed()
                        .thenComparing(WorkloadSummary.CheckTotal::check)
                        .thenComparing(WorkloadSummary.CheckTotal::mode))
                .toList();
    }

    private static Map<String, CheckFailures> failing(Database database, String where) {
        return database
                .client()
                .sql("SELECT f.check_id, COUNT(DISTINCT w.id), MIN(f.message) FROM workload_finding f"
                        + " JOIN workload w ON w.id = f.workload_id WHERE f.exemption IS NULL" + where
                        + " GROUP BY f.check_id")
                .query((row, _) -> Map.entry(row.getString(1), new CheckFailures(row.getLong(2), row.getString(3))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @ParameterizedTest
    @EnumSource
    void countsNamespacesAsFarAsOneSees(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            new Workloads(database)
                    .replace(
                            "c1",
                            List.of(
                                    deployment("shop", "web", NOON, finding("privileged", "enforce", "high", null)),
                                    deployment("shop", "api", NOON, finding("host-pid", "warn", "high", null)),
                                    deployment("bank", "all", NOON)),
                            List.of());
            Summaries summaries = new Summaries(database);

            assertThat(summaries.summary(Sight.ALL, null, null, Scope.ALL).namespaces())
                    .containsExactly(
                            new WorkloadSummary.Place("c1", "bank", 1, 0, 0),
                            new WorkloadSummary.Place("c1", "shop", 2, 1, 1));
            assertThat(summaries.summary(SHOP, null, null, Scope.ALL))
                    .isEqualTo(summaries.summary(Sight.ALL, null, "shop", Scope.ALL));
            assertThat(summaries.summary(Sight.ALL, null, "other", Scope.ALL).namespaces())
                    .isEmpty();
        }
    }

    /** What was written before there were such counts is counted when the schema is brought up to date. */
    @ParameterizedTest
    @EnumSource
    void countsWhatWasThereBefore(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            WorkloadFinding[] many = findings(new Random(4));
            new Workloads(database)
                    .replace(
                            "c1",
                            List.of(deployment("shop", "web", NOON, many), deployment("bank", "all", NOON)),
                            List.of());
            WorkloadSummary before = new Summaries(database).summary(Sight.ALL, null, null, Scope.ALL);
            List<WorkloadResult> grave = bySeverity(database);
            database.jdbc().execute("ALTER TABLE workload DROP COLUMN tallies");
            database.jdbc().execute("DROP INDEX workload_finding_severity");
            database.jdbc().execute("ALTER TABLE workload_finding DROP COLUMN severity_rank");
            database.jdbc().update("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '9'");

            Flyway.configure()
                    .dataSource(database.jdbc().getDataSource())
                    .locations("classpath:dev/portcullis/history/schema")
                    .outOfOrder(true)
                    .load()
                    .migrate();

            assertThat(before.checks()).isNotEmpty();
            assertThat(new Summaries(database).summary(Sight.ALL, null, null, Scope.ALL))
                    .isEqualTo(before);
            assertThat(bySeverity(database)).isEqualTo(grave);
        }
    }

    private static List<WorkloadResult> bySeverity(Database database) {
        return new Results(database)
                .page(
                        Sight.ALL,
                        new ResultFilter(Running.ALL, false, null),
                        new ResultOrder(ResultOrder.By.SEVERITY, true),
                        null,
                        100)
                .results();
    }

    @ParameterizedTest
    @EnumSource
    void takesAsManyFindingsWithAsLongNamesAsAreKept(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            WorkloadFinding[] many = IntStream.range(0, 2 * Entry.MOST_FINDINGS)
                    .mapToObj(number ->
                            Running.finding("rules/" + number + "-" + "ü".repeat(1_000), "enforce", "critical", null))
                    .toArray(WorkloadFinding[]::new);

            new Workloads(database).replace("c1", List.of(deployment("shop", "web", NOON, many)), List.of());

            assertThat(new Summaries(database)
                            .summary(Sight.ALL, null, null, Scope.ALL)
                            .checks())
                    .hasSize(Entry.MOST_FINDINGS)
                    .allSatisfy(check -> assertThat(check.check()).hasSize(253));
        }
    }
}
