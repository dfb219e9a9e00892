package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class GatesTest {
    private static final GateState ONE =
            new GateState("c1", "gate-1", "1.0", "v7", NOON.plusSeconds(86_400), 3, 250L, 900L, 1, 2, false);

    @TempDir
    private Path folder;

    private static GateState called(String instance, boolean leaving) {
        @Nullable String unknown = null;
        return new GateState("c1", instance, unknown, unknown, null, 0, null, null, 0, 0, leaving);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheLastOfEachUntilItLeavesOrIsSilent(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Gates gates = new Gates(database);
            gates.hear(called("gate-1", false), NOON, NOON);
            gates.hear(called("gate-2", false), NOON, NOON);
            gates.hear(ONE, NOON.plusSeconds(1), NOON.plusSeconds(20));

            assertThat(gates.list())
                    .containsExactly(
                            new Gate(ONE, NOON.plusSeconds(1), NOON.plusSeconds(20)),
                            new Gate(called("gate-2", false), NOON, NOON));
            gates.forget(NOON.plus(Gates.MEMORY).plusSeconds(1));
            assertThat(gates.list()).extracting(gate -> gate.state().instance()).containsExactly("gate-1");
            gates.hear(called("gate-1", true), NOON, NOON.plusSeconds(30));
            assertThat(gates.list()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgetsOfTooManyTheOneThatWasNotHeardOfForLongest(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Gates gates = new Gates(database);
            IntStream.rangeClosed(0, Gates.MOST)
                    .forEach(i -> gates.hear(called("gate-" + i, false), NOON, NOON.plusSeconds(i)));

            assertThat(gates.list())
                    .hasSize(Gates.MOST)
                    .extracting(gate -> gate.state().instance())
                    .contains("gate-1", "gate-" + Gates.MOST)
                    .doesNotContain("gate-0");
        }
    }

    @Test
    void tellsHowFastTheDecisionsOfTheLastMinutesWere() {
        Timings timings = new Timings(() -> ONE);
        Entry like = Sample.allowed("uid", "shop", "web", NOON);
        timings.add(List.of(like));
        assertThat(timings.state(NOON.plus(Timings.LATELY).plusSeconds(1), 0, 0, false))
                .isEqualTo(new GateState("c1", "gate-1", "1.0", "v7", NOON.plusSeconds(86_400)));
        timings.add(IntStream.rangeClosed(1, 100)
                .mapToObj(i -> taking(like, Duration.ofNanos(i * 1_000_000L)))
                .toList());

        GateState state = timings.state(NOON.plus(Timings.LATELY).plusSeconds(1), 5, 6, true);
        assertThat(state)
                .isEqualTo(new GateState(
                        "c1", "gate-1", "1.0", "v7", NOON.plusSeconds(86_400), 100, 50_000L, 99_000L, 5, 6, true));
        IntStream.range(0, 30).forEach(_ -> timings.add(List.of(like, like)));
        IntStream.range(0, Timings.MOST).forEach(_ -> timings.add(List.of(like)));
        assertThat(timings.state(NOON, 0, 0, false).decisions()).isEqualTo(Timings.MOST);
    }

    private static Entry taking(Entry like, Duration took) {
        return new Entry(
                like.source(),
                like.uid(),
                NOON.plusSeconds(60),
                like.outcome(),
                like.cluster(),
                like.operation(),
                like.username(),
                like.subject(),
                like.policies(),
                took,
                like.message(),
                like.findings(),
                new byte[1]);
    }

    @ParameterizedTest
    @EnumSource
    void aGateTellsOfItselfByWhatItHandsOverAndThatItLeaves(Backend backend) throws Exception {
        BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
        Settings settings = new Settings(backend.place(folder), Duration.ofDays(1), 1 << 20, 1 << 20, false);
        try (History history = History.open(settings, InstantSource.fixed(NOON), new SimpleMeterRegistry())) {
            await().until(history::isOpen);
            Entry entry = Sample.allowed("uid", "shop", "web", NOON);
            HandOver gate = HandOver.start(
                    sent::add,
                    folder.resolve("taken"),
                    InstantSource.fixed(NOON),
                    new SimpleMeterRegistry(),
                    () -> called("gate-7", false));
            gate.record(1, () -> entry);
            history.take(Batch.unpack(sent.poll(20, TimeUnit.SECONDS)));
            if (history.gates().getFirst().state().decisions() == 0) {
                // It had said that it lives before it decided.
                history.take(Batch.unpack(sent.poll(20, TimeUnit.SECONDS)));
            }
            assertThat(history.gates()).singleElement().satisfies(each -> {
                assertThat(each.heard()).isEqualTo(NOON);
                assertThat(each.state().instance()).isEqualTo("gate-7");
                assertThat(each.state().decisions()).isEqualTo(1);
                assertThat(each.state().p50Micros()).isEqualTo(345L);
            });

            gate.close();
            while (!sent.isEmpty()) {
                history.take(Batch.unpack(sent.take()));
            }
            assertThat(history.gates()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsGateAndConsoleShowsItself(Backend backend) throws Exception {
        Settings settings = new Settings(backend.place(folder), Duration.ofDays(1), 1 << 20, 1 << 20);
        try (History history =
                History.open(settings, InstantSource.fixed(NOON), new SimpleMeterRegistry(), () -> ONE)) {
            await().until(() -> history.isOpen() && !history.gates().isEmpty());
            assertThat(history.gates())
                    .singleElement()
                    .extracting(each -> each.state().policies())
                    .isEqualTo("v7");
        }
    }

    /** Of what one version says, the other reads what it knows, and decisions count whatever a gate says of itself. */
    @Test
    void olderAndNewerVersionsReadEachOther() {
        byte[] packed = Batch.of(NOON, 1, List.of(), ONE).pack();
        JsonNode json = JsonMapper.shared().readTree(Packing.unpack(packed));
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("started", "lost", "entries", "gate");
        assertThat(Batch.unpack(packed).state()).isEqualTo(ONE);

        assertThat(read("").state()).isNull();
        for (String strange : List.of("7", "[]", "\"gate\"", "{}", "{\"cluster\": 1}", "null")) {
            Batch batch = read(", \"gate\": " + strange);
            assertThat(batch.lost()).as(strange).isEqualTo(3);
            assertThat(batch.state()).as(strange).isNull();
        }
        String newer = JsonMapper.shared().writeValueAsString(ONE).replaceFirst("\\{", "{\"mood\": [\"good\"],");
        assertThat(read(", \"gate\": " + newer).state()).isEqualTo(ONE);
    }

    private static Batch read(String more) {
        return Batch.unpack(Packing.pack(JsonMapper.shared()
                .readTree("{\"started\": \"2026-11-29T12:00:00Z\", \"lost\": 3, \"entries\": []" + more + "}")));
    }
}
