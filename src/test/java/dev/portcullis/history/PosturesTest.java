package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class PosturesTest {
    private static final Instant LATER = NOON.plus(Duration.ofDays(400));

    @TempDir
    private Path folder;

    private static WorkloadState state(String namespace, String name, WorkloadFinding... findings) {
        return Running.deployment(namespace, name, NOON, findings);
    }

    private static WorkloadFinding finding(String mode, String severity, @Nullable String exemption) {
        return Running.finding("privileged", mode, severity, exemption);
    }

    private static void run(Database database, WorkloadState... states) {
        new Workloads(database).replace("c1", List.of(states), List.of());
    }

    private static List<Posture.Point> points(Database database, Sight sight, @Nullable String namespace) {
        return new Postures(database)
                .of(sight, Instant.EPOCH, LATER, null, namespace)
                .points();
    }

    @ParameterizedTest
    @EnumSource
    void keepsHowThingsStoodAsFarAsSomebodySees(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Postures postures = new Postures(database);
            assertThat(postures.keep(NOON)).isFalse();
            run(
                    database,
                    state("shop", "web", finding("enforce", "critical", null), finding("warn", "low", null)),
                    state("shop", "api", finding("warn", "medium", null)),
                    state("shop", "leave", finding("enforce", "high", "sre/leave")),
                    state("bank", "till"));
            assertThat(postures.keep(NOON.plusSeconds(1))).isTrue();
            run(database, state("bank", "vault", finding("enforce", "high", null)));
            postures.keep(NOON.plusSeconds(3_000));
            postures.keep(NOON.plusSeconds(3_600));

            Instant next = NOON.plusSeconds(3_600);
            assertThat(points(database, Sight.ALL, null))
                    .containsExactly(
                            new Posture.Point(NOON, 5, 2, 1, 1, 1, 1, 1), new Posture.Point(next, 5, 2, 1, 1, 1, 1, 1));
            assertThat(points(database, new Sight(Set.of("bank")), null))
                    .containsExactly(
                            new Posture.Point(NOON, 2, 1, 0, 0, 1, 0, 0), new Posture.Point(next, 2, 1, 0, 0, 1, 0, 0));
            assertThat(points(database, new Sight(Set.of("bank")), "shop")).isEmpty();
            assertThat(points(database, Sight.ALL, "shop"))
                    .hasSize(2)
                    .contains(new Posture.Point(NOON, 3, 1, 1, 1, 0, 1, 1));
            assertThat(postures.of(Sight.ALL, next, LATER, "c1", null).points()).hasSize(1);
            assertThat(postures.of(Sight.ALL, next, LATER, "c2", null).points()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsOfLongPastDaysTheLastHourAloneAndNothingThatIsTooOld(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Postures postures = new Postures(database);
            run(database, state("shop", "web"));
            for (int hours = 0; hours < 20 * 24; hours += 6) {
                postures.keep(NOON.plus(Duration.ofHours(hours)));
            }

            List<Instant> kept = points(database, Sight.ALL, null).stream()
                    .map(Posture.Point::at)
                    .toList();
            Instant last = NOON.plus(Duration.ofHours(20 * 24 - 6));
            Instant hourly = Instant.parse("2026-12-12T00:00:00Z");
            assertThat(last).isEqualTo(Instant.parse("2026-12-19T06:00:00Z"));
            assertThat(kept.stream().filter(at -> !at.isBefore(hourly))).hasSize(7 * 4 + 2);
            assertThat(kept.stream().filter(at -> at.isBefore(hourly)))
                    .hasSize(13)
                    .allMatch(at -> at.toString().contains("T18:00"));

            new Retention(database, new Settings(backend.place(folder), Duration.ofDays(3), 1 << 20, 1 << 20))
                    .forget(last);
            assertThat(points(database, Sight.ALL, null)).hasSize(3 * 4 + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void addsUpTheSmallestOfManyNamespaces(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            List<WorkloadState> states = new ArrayList<>();
            for (int i = 0; i < Postures.MOST_NAMESPACES + 5; i++) {
                states.add(state("team-" + i, "web", finding("enforce", "high", null)));
            }
            states.add(state("team-1003", "api"));
            run(database, states.toArray(WorkloadState[]::new));
            new Postures(database).keep(NOON);

            long total = Postures.MOST_NAMESPACES + 6;
            assertThat(points(database, Sight.ALL, null))
                    .containsExactly(new Posture.Point(NOON, total, total - 1, 0, 0, total - 1, 0, 0));
            assertThat(points(database, Sight.ALL, "team-1003")).hasSize(1);
            assertThat(points(database, Sight.ALL, "")).containsExactly(new Posture.Point(NOON, 6, 6, 0, 0, 6, 0, 0));
            assertThat(database.client()
                            .sql("SELECT COUNT(*) FROM posture")
                            .query(Long.class)
                            .single())
                    .isEqualTo(Postures.MOST_NAMESPACES);
        }
    }
}
