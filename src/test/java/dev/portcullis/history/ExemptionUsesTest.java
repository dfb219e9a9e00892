package dev.portcullis.history;

import static dev.portcullis.history.Running.deployment;
import static dev.portcullis.history.Running.finding;
import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ExemptionUsesTest {
    private static final List<String> ALL = List.of("sre/agent", "sre/web", "none");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void countsWorkloadsAndDecisionsAsFarAsTheyAreSeen(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            WorkloadFinding agent = finding("host-pid", "enforce", "high", "sre/agent");
            new Workloads(database)
                    .replace(
                            "c1",
                            List.of(
                                    deployment("ops", "agent", NOON, agent, agent),
                                    deployment("shop", "web", NOON, agent, finding("host-ipc", "warn", "low", null))),
                            List.of());
            new Log(database)
                    .append(List.of(
                            Sample.exempted("1", "ops", NOON, "sre/agent", "sre/agent"),
                            Sample.exempted("2", "shop", NOON, "sre/agent", "sre/web"),
                            Sample.denied("3", "shop", "web", NOON, "host-pid")));

            assertThat(uses(database, Sight.ALL, ALL))
                    .isEqualTo(Map.of(
                            "sre/agent", new ExemptionUse(2, 2),
                            "sre/web", new ExemptionUse(0, 1),
                            "none", ExemptionUse.NONE));
            assertThat(uses(database, new Sight(Set.of("ops", "bank")), ALL))
                    .containsEntry("sre/agent", new ExemptionUse(1, 1))
                    .containsEntry("sre/web", ExemptionUse.NONE);
            assertThat(uses(database, new Sight(Set.of()), List.of("sre/agent")))
                    .containsValue(ExemptionUse.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsSoManyDecisionsAndForgetsThoseThatAreRemoved(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Log log = new Log(database);
            log.append(IntStream.range(0, 1_200)
                    .mapToObj(number -> Sample.exempted("u" + number, "ops", NOON.plusSeconds(number), "sre/agent"))
                    .toList());
            assertThat(uses(database, Sight.ALL, List.of("sre/agent")))
                    .containsValue(new ExemptionUse(0, ExemptionUse.MOST_DECISIONS));

            Settings limits =
                    new Settings(new Place.Embedded(folder), Duration.ofSeconds(100), Long.MAX_VALUE, Long.MAX_VALUE);
            Retention retention = new Retention(database, limits);
            while (retention.step(NOON.plusSeconds(1_200))) {
                // Goes on.
            }

            assertThat(uses(database, Sight.ALL, List.of("sre/agent"))).containsValue(new ExemptionUse(0, 100));
        }
    }

    private static Map<String, ExemptionUse> uses(Database database, Sight sight, List<String> exemptions) {
        return new ExemptionUses(database).of(sight, exemptions);
    }
}
