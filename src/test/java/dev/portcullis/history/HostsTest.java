package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class HostsTest {
    @TempDir
    private Path folder;

    private static WorkloadFinding finding(String check, String mode) {
        return new WorkloadFinding(
                check,
                "fail",
                mode,
                "high",
                "default",
                null,
                "HostConfig.Privileged",
                JsonMapper.shared().readTree("{\"a\":[1,true,null]}"),
                "is \"true\"",
                null,
                null);
    }

    private static HostReport report(String host, String... containers) {
        return new HostReport(
                host,
                "v1",
                3,
                List.of(finding("engine-icc", "warn")),
                Stream.of(containers)
                        .map(name -> new HostReport.Container(name, List.of(finding("privileged", "enforce"))))
                        .toList());
    }

    private static List<WorkloadState> running(Database database) {
        return new Workloads(database)
                .list(Sight.ALL, Running.ALL, WorkloadOrder.WRITTEN, null, 100).stream()
                        .map(Workloads.Numbered::state)
                        .toList();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheLatestOfEachHost(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Hosts hosts = new Hosts(database, 10);
            hosts.keep(report("h1", "web", "old"), NOON);
            hosts.keep(report("h2", "web"), NOON);
            hosts.keep(report("h1", "web", "new"), NOON.plusSeconds(60));

            List<Host> all = hosts.list("", 10);
            assertThat(all).extracting(Host::name).containsExactly("h1", "h2");
            Host first = all.getFirst();
            assertThat(first.reportedAt()).isEqualTo(NOON.plusSeconds(60));
            assertThat(first.containers()).isEqualTo(2);
            assertThat(first.violating()).isEqualTo(2);
            assertThat(first.omitted()).isEqualTo(3);
            assertThat(first.engine()).containsExactly(finding("engine-icc", "warn"));
            assertThat(hosts.list("h1", 10)).extracting(Host::name).containsExactly("h2");
            assertThat(running(database))
                    .extracting(WorkloadState::cluster, WorkloadState::name)
                    .containsExactlyInAnyOrder(tuple("h1", "web"), tuple("h1", "new"), tuple("h2", "web"));
            // What was there before keeps the time at which it was first told of.
            assertThat(running(database))
                    .filteredOn(state ->
                            state.cluster().equals("h1") && state.name().equals("web"))
                    .singleElement()
                    .satisfies(state -> {
                        assertThat(state.createdAt()).isEqualTo(NOON);
                        assertThat(state.judgedAt()).isEqualTo(NOON.plusSeconds(60));
                        assertThat(state.kind()).isEqualTo("Container");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNoMoreThanItMayAndForgetsThoseThatAreSilent(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Hosts hosts = new Hosts(database, 2);
            assertThat(hosts.keep(report("h1", "web"), NOON)).isEqualTo(Hosts.Outcome.KEPT);
            Instant later = NOON.plus(Duration.ofDays(20));
            assertThat(hosts.keep(report("h2", "web"), later)).isEqualTo(Hosts.Outcome.KEPT);
            assertThat(hosts.keep(report("h3", "web"), later)).isEqualTo(Hosts.Outcome.FULL);
            assertThat(hosts.keep(report("h2", "api"), later)).isEqualTo(Hosts.Outcome.KEPT);

            Instant muchLater = NOON.plus(Duration.ofDays(31));
            assertThat(hosts.keep(report("h3", "web"), muchLater)).isEqualTo(Hosts.Outcome.KEPT);

            assertThat(hosts.list("", 10)).extracting(Host::name).containsExactly("h2", "h3");
            assertThat(running(database)).extracting(WorkloadState::cluster).containsExactlyInAnyOrder("h2", "h3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesAloneWhatAScanFoundInAClusterOfThatName(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            WorkloadState pod = new WorkloadState("c1", "shop", "Pod", "web", NOON, NOON, "v1", List.of());
            new Workloads(database).replace("c1", List.of(pod), List.of());

            assertThat(new Hosts(database, 2).keep(report("c1", "web"), NOON)).isEqualTo(Hosts.Outcome.TAKEN);

            assertThat(running(database)).containsExactly(pod);
        }
    }

    @Test
    void readsWhatIsSent() {
        HostReport report = report("h1", "web", "api");

        assertThat(HostReport.read(report.json().getBytes(UTF_8))).isEqualTo(report);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                                    | host is missing
            {"host":"h","policies":"v","else":1}                                  | there is no field "else"
            {"host":7,"policies":"v","containers":7}                              | containers is of another form
            {"host":"h","policies":"v","containers":[null]}                       | containers holds null
            {"host":"h","policies":"v","containers":[{"name":"a"},{"name":"a"}]}  | names of their own
            {"host":"h","policies":"v","engine":[{"check":"x","result":"pass"}]}  | result must be one of error, fail, skip
            {"host":"h"                                                           | end
            [1]                                                                   | it is of another form
            """)
    void saysWhatIsWrongWithWhatIsSent(String sent, String problem) {
        byte[] body = sent.getBytes(UTF_8);

        assertThatThrownBy(() -> HostReport.read(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesMoreThanItKeeps() {
        List<HostReport.Container> many = IntStream.rangeClosed(0, HostReport.MOST_CONTAINERS)
                .mapToObj(number -> new HostReport.Container("c" + number, List.of()))
                .toList();
        byte[] containers = new HostReport("h", "v", 0, List.of(), many).json().getBytes(UTF_8);
        byte[] engine = new HostReport(
                        "h",
                        "v",
                        0,
                        Collections.nCopies(HostReport.MOST_OF_ENGINE + 1, finding("a", "warn")),
                        List.of())
                .json()
                .getBytes(UTF_8);

        assertThatThrownBy(() -> HostReport.read(containers)).hasMessageContaining("2000");
        assertThatThrownBy(() -> HostReport.read(engine)).hasMessageContaining("64");
    }
}
