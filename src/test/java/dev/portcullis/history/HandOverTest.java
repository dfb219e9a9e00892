package dev.portcullis.history;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class HandOverTest {
    /** So many whose texts are as long as they may be are more than a batch may have. */
    private static final int LONG_ONES = 60;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private History history(Place place) throws Exception {
        Settings settings = new Settings(place, Duration.ofDays(30), 1 << 30, 1 << 20, false);
        History history = History.open(settings, InstantSource.fixed(Sample.NOON), new SimpleMeterRegistry());
        await().atMost(30, SECONDS).until(history::isOpen);
        return history;
    }

    private HandOver handOver(Delivery delivery) {
        return HandOver.start(
                delivery, folder.resolve("taken"), InstantSource.system(), registry, HandOverTest::itself);
    }

    private static GateState itself() {
        return new GateState("c1", "gate-1", "1.0", "v7", Sample.NOON.plusSeconds(3_600));
    }

    private double metric(String name) {
        return registry.get("portcullis.handover." + name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private static void record(Recorder recorder, String uid) {
        Entry entry = Sample.denied(uid, "shop", "web", Sample.NOON, "privileged");
        assertThat(recorder.record(100, () -> entry)).isTrue();
    }

    private static List<String> uids(History history) throws HistoryUnavailableException {
        return history.seenBy(Sight.ALL).page(Filter.ALL, null, 100).decisions().stream()
                .map(Decision::uid)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void isKeptOnceThoughAnswersAreLost(Backend backend) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (History history = history(backend.place(folder))) {
            Delivery lossy = batch -> {
                int call = calls.incrementAndGet();
                if (call == 1) {
                    throw new UndeliveredException("not reached", false, null);
                }
                take(history, batch);
                if (call == 2) {
                    throw new UndeliveredException("the answer was lost", false, null);
                }
            };
            try (HandOver gate = handOver(lossy)) {
                record(gate, "one");
                await().atMost(30, SECONDS).until(() -> metric("delivered") >= 1);
                record(gate, "two");
                await().atMost(30, SECONDS).until(() -> metric("delivered") >= 2);
            }

            assertThat(uids(history)).containsExactly("two", "one");
            assertThat(history.seenBy(Sight.ALL).page(Filter.ALL, null, 1).decisions())
                    .singleElement()
                    .satisfies(decision -> {
                        assertThat(decision.findings())
                                .extracting(RecordedFinding::check)
                                .containsExactly("privileged");
                        assertThat(decision.at()).isEqualTo(Sample.NOON);
                        assertThat(decision.ownerName()).isEqualTo("web");
                    });
            assertThat(metric("dropped")).isZero();
            assertThat(history.verify().broken()).isNull();
        }
    }

    private static void take(History history, byte[] batch) throws UndeliveredException {
        try {
            history.take(Batch.unpack(batch));
        } catch (HistoryUnavailableException away) {
            throw new UndeliveredException(away.sentence(), false, away);
        }
    }

    @Test
    void tellsTheConsoleHowManyItNeverGot() throws Exception {
        Place.Server place = Postgres.database();
        try (History history = history(place)) {
            Delivery choosy = batch -> {
                if (Batch.unpack(batch).entries().stream()
                        .anyMatch(entry -> entry.uid().equals("refused"))) {
                    throw new UndeliveredException("400", true, null);
                }
                take(history, batch);
            };
            try (HandOver gate = handOver(choosy)) {
                record(gate, "refused");
                await().atMost(30, SECONDS).until(() -> metric("dropped") >= 1);
                record(gate, "taken");
                await().atMost(30, SECONDS).until(() -> metric("delivered") >= 1);
            }

            assertThat(uids(history)).containsExactly("taken");
            assertThat(Postgres.lost(place)).isEqualTo(1);
        }
    }

    @Test
    void theNextProcessTellsWhatAKilledOneHadNotHandedOver() throws Exception {
        try (Losses losses = Losses.in(folder.resolve("taken"))) {
            losses.take();
            losses.take();
        }
        List<Batch> batches = new ArrayList<>();
        try (HandOver gate = handOver(batch -> batches.add(Batch.unpack(batch)))) {
            record(gate, "next");
            await().atMost(30, SECONDS).until(() -> metric("delivered") >= 1);
        }

        assertThat(batches.getFirst().lost()).isEqualTo(2);
    }

    @Test
    void sendsBodiesInSharesAndWaitsForNobodyWhenItEnds() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        try (HandOver gate =
                handOver(batch -> sizes.add(Batch.unpack(batch).entries().size()))) {
            byte[] body = new byte[(int) (Batch.MOST_WEIGHT / 2)];
            IntStream.range(0, 5).forEach(i -> {
                Entry entry = with(Sample.allowed("uid-" + i, "shop", "web", Sample.NOON), List.of(), body);
                gate.record(body.length, () -> entry);
            });
        }

        assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(5);
        assertThat(sizes).allMatch(size -> size <= 2);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatSomebodyMakesLongIsHandedOverAllTheSame(Backend backend) throws Exception {
        String field = "\u0001".repeat(512);
        RecordedFinding finding =
                new RecordedFinding("check".repeat(50), "fail", "enforce", "high", field, field, field, field, field);
        try (History history = history(backend.place(folder))) {
            try (HandOver gate = handOver(batch -> take(history, batch))) {
                for (int i = 0; i < LONG_ONES; i++) {
                    Entry like = Sample.denied("uid-" + i, "shop", "web", Sample.NOON);
                    List<RecordedFinding> findings = Collections.nCopies(Entry.MOST_FINDINGS, finding);
                    assertThat(gate.record(100, () -> with(like, findings, new byte[1])))
                            .isTrue();
                }
                await().atMost(100, SECONDS).until(() -> metric("delivered") + metric("dropped") == LONG_ONES);
            }
            assertThat(metric("dropped")).isZero();
        }
    }

    private static Entry with(Entry like, List<RecordedFinding> findings, byte[] body) {
        return new Entry(
                like.source(),
                like.uid(),
                like.at(),
                like.outcome(),
                like.cluster(),
                like.operation(),
                like.username(),
                like.subject(),
                like.policies(),
                like.took(),
                like.message(),
                findings,
                body);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void thatTheConsoleWasAwayIsNoOutageAndThatAllGatesWereIsOne(Backend backend) throws Exception {
        try (History history = history(backend.place(folder))) {
            Instant began = Sample.NOON.minusSeconds(7_200);
            history.take(new Batch(began, 0, List.of(), null));
            history.take(new Batch(began, 0, List.of(), null));
            assertThat(history.seenBy(Sight.ALL).outages()).isEmpty();

            history.take(new Batch(Sample.NOON.plusSeconds(600), 0, List.of(), null));
            assertThat(history.seenBy(Sight.ALL).outages()).singleElement().satisfies(outage -> {
                assertThat(outage.began()).isEqualTo(Sample.NOON);
                assertThat(outage.ended()).isEqualTo(Sample.NOON.plusSeconds(600));
            });
        }
    }

    @Test
    void readsWhatANewerGateSaysAndRefusesWhatIsNoBatch() {
        byte[] newer = Packing.pack(JsonMapper.shared()
                .readTree("{\"started\": \"2026-11-29T12:00:00Z\", \"lost\": 3, \"entries\": [], \"mood\": \"good\"}"));

        assertThat(Batch.unpack(newer).lost()).isEqualTo(3);
        for (String wrong :
                List.of("[]", "{}", "{\"started\": \"2026-11-29T12:00:00Z\", \"lost\": -1, \"entries\": []}")) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(
                            () -> Batch.unpack(Packing.pack(JsonMapper.shared().readTree(wrong))));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.unpack("no zlib".getBytes(StandardCharsets.UTF_8)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.unpack(
                        Packing.pack(JsonMapper.shared().createObjectNode().put("bomb", "0".repeat(65 << 20)))));
    }
}
