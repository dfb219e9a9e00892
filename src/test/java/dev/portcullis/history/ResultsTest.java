package dev.portcullis.history;

import static dev.portcullis.history.Running.ALL;
import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

@Timeout(120)
class ResultsTest {
    private static final JsonNode FIX =
            JsonMapper.shared().readTree("[{\"op\":\"replace\",\"path\":\"/spec/hostPID\",\"value\":false}]");

    @TempDir
    private Path folder;

    private static WorkloadFinding finding(
            String check, String mode, String message, @Nullable JsonNode value, @Nullable String exemption) {
        return new WorkloadFinding(
                check, "fail", mode, "high", "default", null, "spec.hostPID", value, message, FIX, exemption);
    }

    private static void fill(Database database) {
        WorkloadState web = new WorkloadState(
                "c1",
                "shop",
                "Deployment",
                "web",
                NOON,
                NOON,
                "v1",
                List.of(
                        finding(
                                "privileged",
                                "enforce",
                                "100%_sure! it is",
                                StringNode.valueOf("\u0000'\"\ud800"),
                                null),
                        finding(
                                "host-pid",
                                "warn",
                                "is true",
                                JsonMapper.shared().readTree("true"),
                                null),
                        finding("host-ipc", "enforce", "is true", null, "leaves/web")));
        WorkloadState api = new WorkloadState(
                "c2",
                "",
                "Container",
                "api",
                NOON,
                NOON,
                "v1",
                List.of(finding("host-pid", "warn", "is true", null, null)));
        new Workloads(database).replace("c1", List.of(web, api), List.of());
    }

    private static List<String> checks(Results results, ResultFilter filter) {
        return results.page(Sight.ALL, filter, ResultOrder.WRITTEN, null, 100).results().stream()
                .map(result -> result.name() + ":" + result.check())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void tellsEachFindingOnceAndFindsByWhatItIs(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            fill(database);
            Results results = new Results(database);

            assertThat(checks(results, new ResultFilter(ALL, false, null)))
                    .containsExactly("web:privileged", "web:host-pid", "api:host-pid");
            assertThat(checks(results, new ResultFilter(ALL, true, null))).containsExactly("web:host-ipc");
            assertThat(checks(results, new ResultFilter(ALL, false, "0%_SURE!")))
                    .containsExactly("web:privileged");
            assertThat(checks(results, new ResultFilter(ALL, false, "HOSTPID"))).hasSize(3);
            assertThat(checks(results, new ResultFilter(ALL, false, "a_i"))).isEmpty();
            assertThat(checks(
                            results,
                            new ResultFilter(
                                    new WorkloadFilter("c1", "shop", "Deployment", "web", "host-pid", null, Mode.WARN),
                                    false,
                                    null)))
                    .containsExactly("web:host-pid");
            assertThat(new Summaries(database).failing(Sight.ALL))
                    .isEqualTo(Map.of(
                            "privileged",
                            new CheckFailures(1, "100%_sure! it is"),
                            "host-pid",
                            new CheckFailures(2, "is true")));
            Sight shop = new Sight(Set.of("shop", "till"));
            assertThat(new Summaries(database).failing(shop).get("host-pid"))
                    .isEqualTo(new CheckFailures(1, "is true"));
            Sight other = new Sight(Set.of("bank", "till"));
            assertThat(new Summaries(database).failing(other)).isEmpty();
            assertThat(results.page(other, new ResultFilter(ALL, false, null), ResultOrder.WRITTEN, null, 100)
                            .results())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsValuesAndFixesAsTheyAre(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            fill(database);

            List<WorkloadResult> found = new Results(database)
                    .page(Sight.ALL, new ResultFilter(ALL, false, null), ResultOrder.WRITTEN, null, 2)
                    .results();

            assertThat(found.getFirst().fix()).isEqualTo(FIX);
            assertThat(Objects.requireNonNull(found.getFirst().value()).stringValue())
                    .startsWith("\u0000'\"");
            assertThat(found.get(1).value()).isEqualTo(JsonMapper.shared().readTree("true"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhereAPageEndsWithinAWorkloadToo(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            fill(database);
            Results results = new Results(database);
            assertThat(all(results, ALL, 1)).containsExactly("web:privileged", "web:host-pid", "api:host-pid");
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheLastOfMany(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            List<WorkloadState> many = IntStream.range(0, 250)
                    .mapToObj(number -> new WorkloadState(
                            "c1",
                            "shop",
                            "Pod",
                            "p" + number,
                            NOON,
                            NOON,
                            "v1",
                            List.of(
                                    finding("host-pid", "warn", "is true", null, null),
                                    finding(number == 249 ? "rare" : "host-ipc", "warn", "is true", null, null))))
                    .toList();
            new Workloads(database).replace("c1", many, List.of());
            Results results = new Results(database);

            assertThat(all(results, new WorkloadFilter(null, null, null, null, "rare", null, null), 7))
                    .containsExactly("p249:rare");
            assertThat(all(results, new WorkloadFilter(null, null, null, "p249", null, null, null), 7))
                    .containsExactly("p249:host-pid", "p249:rare");
            assertThat(all(results, ALL, 7)).hasSize(500).doesNotHaveDuplicates();
            assertThat(all(results, ALL, 100)).hasSize(500).doesNotHaveDuplicates();
        }
    }

    private static List<String> all(Results results, WorkloadFilter filter, int size) {
        ResultOrder order = ResultOrder.WRITTEN;
        return Running.all(
                cursor -> results.page(
                        Sight.ALL,
                        new ResultFilter(filter, false, null),
                        order,
                        Cursor.keys(cursor, order.keyset()),
                        size),
                page -> page.results().stream()
                        .map(result -> result.name() + ":" + result.check())
                        .toList(),
                ResultPage::next);
    }

    @Test
    void cutsWhatIsTooLongAndStillIsJson() {
        JsonNode longer = StringNode.valueOf("x".repeat(5_000));
        JsonNode fix = JsonMapper.shared().createArrayNode().add("x".repeat(5_000));

        WorkloadFinding finding =
                new WorkloadFinding("a", "fail", "warn", "low", "p", null, null, longer, "m", fix, null);

        assertThat(Objects.requireNonNull(finding.value()).stringValue())
                .hasSizeLessThan(300)
                .endsWith("…");
        assertThat(finding.fix()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void findsTheLatestDenialOfAnOwner(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Log log = new Log(database);
            log.append(List.of(Sample.denied("1", "shop", "web", NOON, "privileged")));
            log.append(List.of(Sample.allowed("2", "shop", "web", NOON.plusSeconds(1))));
            log.append(List.of(Sample.denied("3", "shop", "web", NOON.plusSeconds(2), "host-pid")));
            Denials denials = new Denials(database.client());

            assertThat(denials.of("default", "shop", "Deployment", "web")).hasValueSatisfying(denial -> {
                assertThat(denial.checks()).containsExactly("host-pid");
                assertThat(denial.resolvedAt()).isNull();
            });
            assertThat(denials.of("default", "shop", "StatefulSet", "web")).isEmpty();
            assertThat(denials.of("other", "shop", "Deployment", "web")).isEmpty();
        }
    }
}
