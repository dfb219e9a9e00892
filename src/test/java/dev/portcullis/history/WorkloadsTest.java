package dev.portcullis.history;

import static dev.portcullis.history.Running.ALL;
import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.check.Severity;
import dev.portcullis.policy.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class WorkloadsTest {
    @TempDir
    private Path folder;

    private static WorkloadState state(String name, Instant made, WorkloadFinding... findings) {
        return new WorkloadState("c1", "shop", "Deployment", name, made, NOON, "v1", List.of(findings));
    }

    private static WorkloadFinding finding(String check, String mode, @Nullable String exemption) {
        return Running.finding(check, mode, "high", exemption);
    }

    private static List<String> names(Workloads workloads, WorkloadFilter filter) {
        return workloads.list(Sight.ALL, filter, WorkloadOrder.WRITTEN, null, 100).stream()
                .map(each -> each.state().name())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void replacesWhatItKnewAndForgetsWhatIsGone(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            workloads.replace(
                    "c1",
                    List.of(
                            state("web", NOON, finding("privileged", "enforce", null)),
                            state("api", NOON, finding("host-pid", "warn", null)),
                            state("old", NOON)),
                    List.of());
            workloads.replace(
                    "c1",
                    List.of(state("web", NOON, finding("host-pid", "enforce", null))),
                    List.of(new WorkloadState.Key("shop", "Deployment", "old")));

            assertThat(names(workloads, ALL)).containsExactlyInAnyOrder("web", "api");
            WorkloadState web = workloads
                    .list(
                            Sight.ALL,
                            new WorkloadFilter("c1", "shop", "Deployment", "web", null, null, null),
                            WorkloadOrder.WRITTEN,
                            null,
                            10)
                    .getFirst()
                    .state();
            assertThat(web.findings())
                    .containsExactly(finding("host-pid", "enforce", null).since(NOON));

            workloads.forget("c2", NOON.plusSeconds(1));
            assertThat(names(workloads, ALL)).hasSize(2);
            workloads.forget("c1", NOON.plusSeconds(1));
            assertThat(names(workloads, ALL)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsByOneFindingThatCounts(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            workloads.replace(
                    "c1",
                    List.of(
                            state(
                                    "web",
                                    NOON,
                                    finding("privileged", "enforce", null),
                                    finding("host-pid", "warn", null)),
                            state("leave", NOON, finding("privileged", "enforce", "sre/leave"))),
                    List.of());

            assertThat(names(workloads, filter("privileged", null, null))).containsExactly("web");
            assertThat(names(workloads, filter("privileged", Severity.HIGH, Mode.ENFORCE)))
                    .containsExactly("web");
            // No one finding is both.
            assertThat(names(workloads, filter("privileged", null, Mode.WARN))).isEmpty();
            assertThat(names(workloads, filter(null, Severity.LOW, null))).isEmpty();
            assertThat(workloads.list(new Sight(Set.of("till")), ALL, WorkloadOrder.WRITTEN, null, 10))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsByAPartOfANameANamespaceOrAKind(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            workloads.replace(
                    "c1",
                    List.of(state("Web-1", NOON), state("a_b", NOON), state("axb", NOON), state("a!%b", NOON)),
                    List.of());

            assertThat(names(workloads, ALL.containing("eB-"))).containsExactly("Web-1");
            assertThat(names(workloads, ALL.containing("A_"))).containsExactly("a_b");
            assertThat(names(workloads, ALL.containing("!%"))).containsExactly("a!%b");
            assertThat(names(workloads, ALL.containing("SHO"))).hasSize(4);
            assertThat(names(workloads, ALL.containing("deploy"))).hasSize(4);
            assertThat(names(workloads, ALL.containing("c1"))).isEmpty();
            assertThat(names(workloads, filter("privileged", null, null).containing("web")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersSinceWhenEachFindingIsThere(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            WorkloadFinding one = finding("host-pid", "warn", null);
            workloads.replace("c1", List.of(judged(0, one, one), state("api", NOON, one)), List.of());
            workloads.replace(
                    "c1",
                    List.of(judged(
                            60,
                            finding("privileged", "enforce", null),
                            finding("host-pid", "enforce", "sre/leave"),
                            elsewhere(one))),
                    List.of());
            workloads.replace(
                    "c1",
                    List.of(judged(120, finding("host-pid", "audit", null), elsewhere(one))),
                    List.of(new WorkloadState.Key("shop", "Deployment", "api")));
            workloads.replace(
                    "c1", List.of(judged(180, finding("privileged", "enforce", null), one, elsewhere(one))), List.of());
            workloads.replace("c1", List.of(stateAt("api", 180, one)), List.of());

            assertThat(workloads.list(Sight.ALL, ALL, WorkloadOrder.WRITTEN, null, 10))
                    .flatExtracting(each -> each.state().findings())
                    .extracting(WorkloadFinding::check, WorkloadFinding::since)
                    .containsExactly(
                            // It was away for a time.
                            tuple("privileged", NOON.plusSeconds(180)),
                            tuple("host-pid", NOON),
                            tuple("host-pid", NOON.plusSeconds(60)),
                            // Its workload was.
                            tuple("host-pid", NOON.plusSeconds(180)));
            assertThat(new Results(database)
                            .page(Sight.ALL, new ResultFilter(ALL, false, null), ResultOrder.WRITTEN, null, 10)
                            .results())
                    .extracting(WorkloadResult::since)
                    .containsExactly(NOON.plusSeconds(180), NOON, NOON.plusSeconds(60), NOON.plusSeconds(180));
        }
    }

    private static WorkloadState judged(int seconds, WorkloadFinding... findings) {
        return stateAt("web", seconds, findings);
    }

    private static WorkloadState stateAt(String name, int seconds, WorkloadFinding... findings) {
        Instant then = NOON.plusSeconds(seconds);
        return new WorkloadState("c1", "shop", "Deployment", name, NOON, then, "v1", List.of(findings));
    }

    /** The same in another container. */
    private static WorkloadFinding elsewhere(WorkloadFinding finding) {
        return new WorkloadFinding(
                finding.check(),
                finding.result(),
                finding.mode(),
                finding.severity(),
                finding.policy(),
                "other",
                finding.field(),
                finding.value(),
                finding.message(),
                finding.fix(),
                null);
    }

    private static WorkloadFilter filter(@Nullable String check, @Nullable Severity severity, @Nullable Mode mode) {
        return new WorkloadFilter(null, null, null, null, check, severity, mode);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhereAPageEnds(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Workloads workloads = new Workloads(database);
            workloads.replace("c1", List.of(state("a", NOON), state("b", NOON), state("c", NOON)), List.of());

            List<Workloads.Numbered> first = workloads.list(Sight.ALL, ALL, WorkloadOrder.WRITTEN, null, 2);
            List<Workloads.Numbered> second = workloads.list(
                    Sight.ALL, ALL, WorkloadOrder.WRITTEN, first.getLast().keys(), 2);

            assertThat(first).extracting(each -> each.state().name()).containsExactly("a", "b");
            assertThat(second).extracting(each -> each.state().name()).containsExactly("c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatEnteredWhileNobodyDecided(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Outages outages = new Outages(database);
            outages.beat(NOON, NOON);
            outages.beat(NOON, NOON.plusSeconds(15));
            assertThat(outages.list(Sight.ALL)).isEmpty();
            Instant back = NOON.plusSeconds(15).plus(Duration.ofMinutes(10));
            outages.beat(back, back.plusSeconds(2));
            outages.beat(back, back.plusSeconds(15));
            new Workloads(database)
                    .replace(
                            "c1",
                            List.of(
                                    state("before", NOON),
                                    state("meanwhile", NOON.plusSeconds(100), finding("privileged", "enforce", null)),
                                    state("after", back.plusSeconds(1))),
                            List.of());

            assertThat(outages.list(new Sight(Set.of("till"))).getFirst().entered())
                    .isEmpty();
            assertThat(outages.list(Sight.ALL)).singleElement().satisfies(outage -> {
                assertThat(outage.began()).isEqualTo(NOON.plusSeconds(15));
                assertThat(outage.ended()).isEqualTo(back);
                assertThat(outage.entered()).extracting(WorkloadState::name).containsExactly("meanwhile");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aDatabaseThatWasAwayWhileTheProcessLivedIsNoOutage(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Outages outages = new Outages(database);
            outages.beat(NOON, NOON.plusSeconds(15));
            outages.beat(NOON, NOON.plusSeconds(3_600));

            assertThat(outages.list(Sight.ALL)).isEmpty();
        }
    }
}
