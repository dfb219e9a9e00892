package dev.portcullis.history;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class OutboxTest {
    private static final Instant NOON = Sample.NOON;
    private static final Instant ONE = NOON.plus(Duration.ofHours(1));

    @TempDir
    private Path folder;

    private History open(Backend backend) throws Exception {
        Settings settings = new Settings(backend.place(folder), Duration.ofDays(30), 1 << 30, 1 << 20);
        History history = History.open(settings, InstantSource.fixed(NOON), new SimpleMeterRegistry());
        await().atMost(20, SECONDS).until(history::isOpen);
        return history;
    }

    private static void write(History history, Entry... entries) throws Exception {
        for (Entry entry : entries) {
            assertThat(history.record(100, () -> entry)).isTrue();
        }
        await().atMost(20, SECONDS).until(() -> history.outbox().after(0, 100).size() == entries.length);
    }

    private static Notified known(History history, String target) throws Exception {
        return Objects.requireNonNull(history.outbox().targets().get(target));
    }

    @ParameterizedTest
    @EnumSource
    void oneProcessSendsUntilItsTimeIsOverOrItGivesUp(Backend backend) throws Exception {
        try (History history = open(backend)) {
            Outbox outbox = history.outbox();

            assertThat(outbox.claim("a", Duration.ofMinutes(1))).isTrue();
            assertThat(outbox.claim("b", Duration.ofMinutes(1))).isFalse();
            assertThat(outbox.claim("a", Duration.ofMillis(-1))).isTrue();
            await().atMost(5, SECONDS).until(() -> outbox.claim("b", Duration.ofMinutes(1)));
            outbox.release("a");
            assertThat(outbox.claim("a", Duration.ofMinutes(1))).isFalse();
            outbox.release("b");
            assertThat(outbox.claim("a", Duration.ofMinutes(1))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTargetBeginsWhereTheLogEndsAndKeepsItsPlace(Backend backend) throws Exception {
        try (History history = open(backend)) {
            Outbox outbox = history.outbox();
            write(
                    history,
                    Sample.denied("a", "shop", "web", NOON, "privileged"),
                    Sample.allowed("b", "shop", "api", NOON));
            outbox.begin(Set.of("ci", "old"), NOON);
            assertThat(known(history, "ci").seq()).isEqualTo(2);
            outbox.passed("ci", 1);
            outbox.failed("ci", "it \u0000 is away", ONE);
            outbox.lost("ci", 1, 7);
            outbox.begin(Set.of("ci"), ONE);

            assertThat(outbox.targets()).containsOnlyKeys("ci");
            Notified known = known(history, "ci");
            assertThat(known.seq()).isEqualTo(1);
            assertThat(known.waiting()).isEqualTo(1);
            assertThat(known.due()).isEqualTo(NOON);
            assertThat(known.posture()).isNull();
            assertThat(known.succeededAt()).isNull();
            assertThat(known.failedAt()).isEqualTo(ONE);
            assertThat(known.failure()).isEqualTo("it \ufffd is away");
            assertThat(known.lost()).isEqualTo(7);
            assertThat(outbox.after(1, 10)).extracting(Decision::uid).containsExactly("b");
            assertThat(outbox.numbered(List.of(1L, 9L)))
                    .extracting(Decision::uid)
                    .containsExactly("a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersForAWhileWhatATargetWasTold(Backend backend) throws Exception {
        try (History history = open(backend)) {
            Outbox outbox = history.outbox();
            outbox.begin(Set.of("ci", "team"), NOON);
            outbox.sent("ci", 0, List.of("x", "y"), NOON, NOON.minusSeconds(1));
            outbox.sent("ci", 0, List.of("y", "z"), ONE, NOON.minusSeconds(1));

            assertThat(outbox.told("ci", List.of("x", "y", "z"), NOON)).containsExactlyInAnyOrder("x", "y", "z");
            assertThat(outbox.told("ci", List.of("x", "y", "z"), ONE)).containsExactlyInAnyOrder("y", "z");
            assertThat(outbox.told("team", List.of("x"), NOON)).isEmpty();
            assertThat(known(history, "ci").succeededAt()).isEqualTo(ONE);

            outbox.sent(
                    "ci",
                    0,
                    IntStream.range(0, Outbox.MOST_SUBJECTS)
                            .mapToObj(i -> "n" + i)
                            .toList(),
                    ONE.plusSeconds(1),
                    NOON.minusSeconds(1));
            assertThat(outbox.told("ci", List.of("x", "y", "z", "n0"), NOON)).containsExactly("n0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDigestTellsOfItsTimeAlone(Backend backend) throws Exception {
        try (History history = open(backend)) {
            Outbox outbox = history.outbox();
            outbox.begin(Set.of("mail"), NOON);
            write(
                    history,
                    Sample.denied("a", "shop", "web", NOON, "privileged"),
                    Sample.denied("b", "shop", "api", NOON.plusSeconds(1), "host-pid"),
                    Sample.allowed("c", "shop", "api", NOON.plusSeconds(2)),
                    Sample.denied("d", "bank", "db", ONE, "privileged"));
            history.ask(database -> new Hourly(database).step());

            Period period = outbox.period(NOON, ONE);
            assertThat(period.outcomes()).containsExactly(new Period.OutcomeCount("shop", "deny", 2));
            assertThat(period.checks())
                    .containsExactly(
                            new Period.CheckCount("shop", "host-pid", "enforce", 1),
                            new Period.CheckCount("shop", "privileged", "enforce", 1));
            assertThat(period.begun()).extracting(Denial::ownerName).containsExactly("web");
            assertThat(period.ended()).extracting(Denial::ownerName).containsExactly("api");
            assertThat(outbox.denials(ONE, 10)).extracting(Denial::ownerName).containsExactly("db");

            outbox.digested("mail", ONE, ONE, new Standing(3, 2, 1), ONE);
            outbox.undigested("mail", ONE.plusSeconds(1));
            Notified known = known(history, "mail");
            assertThat(known.due()).isEqualTo(ONE.plusSeconds(1));
            assertThat(known.upTo()).isEqualTo(ONE);
            assertThat(known.posture()).isEqualTo(new Standing(3, 2, 1));
            assertThat(known.lost()).isEqualTo(1);
        }
    }
}
