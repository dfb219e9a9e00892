package dev.portcullis.history;

import static dev.portcullis.history.Running.ALL;
import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class WorkloadOrderTest {
    @TempDir
    private Path folder;

    private static WorkloadState state(String namespace, String name, int seconds, WorkloadFinding... findings) {
        return Running.deployment(namespace, name, NOON.plusSeconds(seconds), findings);
    }

    private static WorkloadFinding finding(String mode, String severity, @Nullable String exemption) {
        return Running.finding("privileged", mode, severity, exemption);
    }

    /** All names, page by page of two. */
    private static List<String> names(Workloads workloads, WorkloadOrder.By by, boolean descending) {
        WorkloadOrder order = new WorkloadOrder(by, descending);
        return Running.all(
                cursor -> workloads.list(Sight.ALL, ALL, order, Cursor.keys(cursor, order.keyset()), 2),
                page -> page.stream().map(each -> each.state().name()).toList(),
                page -> page.size() < 2 ? null : Cursor.ofKeys(page.getLast().keys()));
    }

    @ParameterizedTest
    @EnumSource
    void listsInEachOrderPageByPageAndBackwards(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            workloads.replace(
                    "c1",
                    List.of(
                            state("b", "m", 5, finding("enforce", "low", null), finding("warn", "low", null)),
                            state("a", "z", 4, finding("enforce", "medium", null)),
                            state("b", "k", 3, finding("warn", "critical", null)),
                            state("a", "b", 1, finding("enforce", "critical", "sre/leave")),
                            state("c", "a", 2, finding("audit", "high", null))),
                    List.of());

            assertThat(names(workloads, WorkloadOrder.By.NAME, false)).containsExactly("a", "b", "k", "m", "z");
            assertThat(names(workloads, WorkloadOrder.By.NAMESPACE, false)).containsExactly("b", "z", "k", "m", "a");
            assertThat(names(workloads, WorkloadOrder.By.FAILURES, true)).containsExactly("m", "z", "k", "a", "b");
            assertThat(names(workloads, WorkloadOrder.By.SEVERITY, true)).containsExactly("k", "a", "z", "m", "b");
            assertThat(names(workloads, WorkloadOrder.By.LAST_CHANGE, true)).containsExactly("m", "z", "k", "a", "b");
            for (WorkloadOrder.By by : WorkloadOrder.By.values()) {
                List<String> backwards = names(workloads, by, true);
                Collections.reverse(backwards);
                assertThat(names(workloads, by, false)).as(by.id()).isEqualTo(backwards);
            }
            WorkloadOrder byName = new WorkloadOrder(WorkloadOrder.By.NAME, false);
            assertThat(workloads.list(new Sight(Set.of("b")), ALL, byName, List.of("k", 0L), 9))
                    .extracting(each -> each.state().name())
                    .containsExactly("k", "m");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFoundAgainIsNoChange(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            WorkloadFinding one = finding("enforce", "low", null);
            workloads.replace("c1", List.of(state("a", "x", 0, one)), List.of());
            workloads.replace("c1", List.of(state("a", "x", 60, one)), List.of());
            assertThat(changed(workloads)).isEqualTo(NOON);

            workloads.replace("c1", List.of(state("a", "x", 90)), List.of());
            assertThat(changed(workloads)).isEqualTo(NOON.plusSeconds(90));

            // As a row of before there was such a hash.
            database.client().sql("UPDATE workload SET found_hash = NULL").update();
            workloads.replace("c1", List.of(state("a", "x", 120, one)), List.of());
            assertThat(changed(workloads)).isEqualTo(NOON.plusSeconds(90));
        }
    }

    private static Instant changed(Workloads workloads) {
        return workloads
                .list(Sight.ALL, ALL, WorkloadOrder.WRITTEN, null, 2)
                .getFirst()
                .state()
                .changedAt();
    }

    @Test
    void aCursorOfAnotherOrderIsNone() {
        Keyset byName = new WorkloadOrder(WorkloadOrder.By.NAME, false).keyset();
        assertThat(byName.fits(List.of("web", 7L))).isTrue();
        assertThat(byName.fits(List.of(1L, 7L))).isFalse();
        assertThat(byName.fits(List.of("web", "7"))).isFalse();
        assertThat(byName.fits(List.of(7L))).isFalse();
        assertThat(byName.fits(List.of())).isFalse();
        for (String wrong : List.of("", "e30", "x", "bm9uZQ", "W3s")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Cursor.keys(wrong, byName));
        }
    }
}
