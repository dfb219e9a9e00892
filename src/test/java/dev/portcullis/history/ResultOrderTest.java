package dev.portcullis.history;

import static dev.portcullis.history.Running.ALL;
import static dev.portcullis.history.Running.deployment;
import static dev.portcullis.history.Running.finding;
import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class ResultOrderTest {
    private static final List<String> SEVERITIES = List.of("low", "medium", "high", "critical");
    private static final Sight TEAM = new Sight(Set.of("n1", "n4"));

    @TempDir
    private Path folder;

    private static WorkloadFinding[] findings(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(number -> finding(
                        "check-" + random.nextInt(4),
                        "warn",
                        SEVERITIES.get(random.nextInt(4)),
                        random.nextInt(8) == 0 ? "sre/leave" : null))
                .toArray(WorkloadFinding[]::new);
    }

    /** Among them are namesakes, some that changed in the same moment, and some of which nothing is found. */
    private static void fill(Database database) {
        Random random = new Random(7);
        List<WorkloadState> states = IntStream.range(0, 300)
                .mapToObj(i -> deployment(
                        "n" + i % 6, "w" + i / 6 * 7 % 50, NOON.plusSeconds(random.nextInt(40)), findings(random)))
                .toList();
        new Workloads(database).replace("c1", states, List.of());
    }

    private static List<WorkloadResult> all(
            Results results, Sight sight, WorkloadFilter filter, ResultOrder order, int size) {
        return Running.all(
                cursor -> results.page(
                        sight, new ResultFilter(filter, false, null), order, Cursor.keys(cursor, order.keyset()), size),
                ResultPage::results,
                ResultPage::next);
    }

    private static Comparator<WorkloadResult> by(ResultOrder.By by) {
        return switch (by) {
            case WRITTEN -> (_, _) -> 0;
            case NAME -> Comparator.comparing(WorkloadResult::name);
            case NAMESPACE -> Comparator.comparing(WorkloadResult::namespace).thenComparing(WorkloadResult::name);
            case LAST_CHANGE -> Comparator.comparing(WorkloadResult::changedAt);
            case SEVERITY -> Comparator.comparingInt(result -> SEVERITIES.indexOf(result.severity()));
            case CHECK -> Comparator.comparing(WorkloadResult::check);
        };
    }

    @ParameterizedTest
    @EnumSource
    void listsEachOnceInEachOrderAndBackwards(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            fill(database);
            Results results = new Results(database);
            List<WorkloadResult> written = all(results, Sight.ALL, ALL, ResultOrder.WRITTEN, 100);
            assertThat(written).hasSizeGreaterThan(500);

            for (ResultOrder.By by : ResultOrder.By.values()) {
                List<WorkloadResult> expected = written.stream().sorted(by(by)).toList();
                assertThat(all(results, Sight.ALL, ALL, new ResultOrder(by, false), 13))
                        .as(by.id())
                        .isEqualTo(expected);
                assertThat(all(results, Sight.ALL, ALL, new ResultOrder(by, true), 13))
                        .as("-" + by.id())
                        .isEqualTo(expected.reversed());
                assertThat(all(results, TEAM, ALL, new ResultOrder(by, true), 13))
                        .as(by.id() + " as far as a team sees")
                        .isEqualTo(expected.reversed().stream()
                                .filter(result -> TEAM.sees(result.namespace()))
                                .toList());
                WorkloadFilter some = new WorkloadFilter(null, null, null, null, "check-2", null, null);
                assertThat(all(results, Sight.ALL, some, new ResultOrder(by, false), 500))
                        .as(by.id() + " of one check")
                        .isEqualTo(expected.stream()
                                .filter(result -> result.check().equals("check-2"))
                                .toList());
            }
        }
    }

    @Test
    void aCursorOfAnotherOrderIsNone() {
        Keyset bySeverity = new ResultOrder(ResultOrder.By.SEVERITY, false).keyset();
        Keyset byCheck = new ResultOrder(ResultOrder.By.CHECK, false).keyset();
        String cursor = Cursor.ofKeys(List.of(4L, 7L, 1L));

        assertThat(Cursor.keys(cursor, bySeverity)).containsExactly(4L, 7L, 1L);
        assertThat(Cursor.keys(null, bySeverity)).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.keys(cursor, byCheck));
    }
}
