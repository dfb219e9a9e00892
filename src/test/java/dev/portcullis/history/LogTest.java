package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class LogTest {
    private static final Settings FOR_EVER = settings(Duration.ofDays(10_000), Long.MAX_VALUE, Long.MAX_VALUE);

    @TempDir
    private Path folder;

    private static Settings settings(Duration age, long bytes, long bodyBytes) {
        return new Settings(new Place.Embedded(Path.of("unused")), age, bytes, bodyBytes);
    }

    /** One a minute, the last at noon. */
    private static List<Entry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Sample.denied(
                        "u" + i, "shop", "web", NOON.minus(Duration.ofMinutes(count - 1L - i)), "privileged"))
                .toList();
    }

    private static void cut(Database database, Settings settings) {
        Retention retention = new Retention(database, settings);
        while (retention.step(NOON)) {
            // Goes on until nothing is left to remove.
        }
        retention.forget(NOON);
    }

    private static long count(Database database, String table) {
        return database.client()
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource
    void everyRowThatIsTouchedBreaksTheChain(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            new Log(database).append(entries(5));
            new Log(database).append(List.of(Sample.allowed("last", "shop", "web", NOON)));
            assertThat(new Verification(database, null).verify().broken()).isNull();
            assertThat(new Verification(database, null).verify().last()).isEqualTo(6);

            for (String forgery : List.of(
                    "UPDATE decision SET outcome = 'allow' WHERE seq = 3",
                    "UPDATE decision SET findings = '[]' WHERE seq = 3",
                    "UPDATE decision SET username = NULL WHERE seq = 3",
                    "UPDATE decision SET position = position + 1 WHERE seq = 3",
                    "UPDATE decision_body SET content = (SELECT hash FROM decision WHERE seq = 1) WHERE seq = 3",
                    "DELETE FROM decision WHERE seq = 3")) {
                Long broken = database.transactions().execute(status -> {
                    status.setRollbackOnly();
                    assertThat(database.client().sql(forgery).update()).isOne();
                    return new Verification(database, null).verify().broken();
                });
                assertThat(broken).as(forgery).isEqualTo(3);
            }
            database.client().sql("DELETE FROM decision WHERE seq = 6").update();
            assertThat(new Verification(database, null).verify().broken()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChainThatIsWrittenAnewIsNotTheOneThatWasKept(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            new Log(database).append(entries(3));
            Verification.Anchor kept = Verification.Anchor.parse(
                    new Verification(database, null).verify().head());
            new Log(database).append(List.of(Sample.allowed("later", "shop", "web", NOON)));
            assertThat(new Verification(database, kept).verify().broken()).isNull();

            cut(database, settings(Duration.ZERO, 0, 0));
            assertThat(new Verification(database, kept).verify().broken()).isNull();
        }
        try (Database forged = Database.open(backend.place(folder.resolve("other")))) {
            new Log(forged).append(entries(2));
            Verification.Anchor kept = new Verification.Anchor(2, new byte[32]);
            assertThat(new Verification(forged, kept).verify().broken()).isEqualTo(2);
            assertThat(new Verification(forged, new Verification.Anchor(3, new byte[32]))
                            .verify()
                            .broken())
                    .isEqualTo(2);
            assertThat(new Verification(forged, null).verify().broken()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void removesWhatIsOldAndLeavesAChain(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            new Log(database).append(entries(2_500));

            cut(database, settings(Duration.ofMinutes(99), Long.MAX_VALUE, Long.MAX_VALUE));

            assertThat(count(database, "decision")).isEqualTo(100);
            assertThat(count(database, "decision_check")).isEqualTo(100);
            assertThat(count(database, "decision_body")).isEqualTo(100);
            Verification.Outcome outcome = new Verification(database, null).verify();
            assertThat(outcome.broken()).isNull();
            assertThat(outcome.first()).isEqualTo(2_401);
            assertThat(outcome.last()).isEqualTo(2_500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void removesTheOldestBeyondASize(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            List<Entry> entries = entries(2_500);
            new Log(database).append(entries);
            long bytes = stored(database, "rows_bytes");

            cut(database, settings(Duration.ofDays(1), bytes / 10, 300));

            assertThat(stored(database, "rows_bytes")).isBetween(bytes / 10 - 1_000, bytes / 10);
            assertThat(count(database, "decision")).isBetween(248L, 252L);
            assertThat(stored(database, "body_bytes")).isLessThanOrEqualTo(300);
            assertThat(count(database, "decision_body")).isEqualTo(stored(database, "body_bytes") / 3);
            assertThat(new Verification(database, null).verify().broken()).isNull();

            cut(database, FOR_EVER);
            assertThat(count(database, "decision")).isBetween(248L, 252L);
        }
    }

    private static long stored(Database database, String column) {
        return database.client()
                .sql("SELECT " + column + " FROM decision_log")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource
    void canBeEmptiedAndGoesOn(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            new Log(database).append(entries(10));

            cut(database, settings(Duration.ZERO, 0, 0));
            assertThat(count(database, "decision")).isZero();
            assertThat(new Verification(database, null).verify().broken()).isNull();

            new Log(database).append(List.of(Sample.allowed("new", "shop", "web", NOON)));
            assertThat(new Verification(database, null).verify().broken()).isNull();
            assertThat(new Verification(database, null).verify().last()).isEqualTo(11);
        }
    }

    @ParameterizedTest
    @EnumSource
    void mergesDenialsOfOneOwnerUntilItIsLetIn(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            Log log = new Log(database);
            log.append(List.of(
                    Sample.denied("a", "shop", "web", NOON, "privileged"),
                    Sample.denied("b", "shop", "web", NOON.plusSeconds(60), "host-pid"),
                    Sample.denied("c", "shop", "api", NOON.plusSeconds(60), "host-pid")));

            Denials denials = new Denials(database.client());
            assertThat(denials.list(Sight.ALL, true, 10))
                    .extracting(Denial::ownerName, Denial::times, Denial::checks)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("web", 2L, List.of("host-pid", "privileged")),
                            org.assertj.core.groups.Tuple.tuple("api", 1L, List.of("host-pid")));
            Denial web = denials.list(Sight.ALL, true, 10).stream()
                    .filter(each -> each.ownerName().equals("web"))
                    .findFirst()
                    .orElseThrow();
            assertThat(web.firstSeen()).isEqualTo(NOON);
            assertThat(web.lastSeen()).isEqualTo(NOON.plusSeconds(60));

            log.append(List.of(Sample.allowed("d", "shop", "web", NOON.plusSeconds(90))));
            assertThat(denials.list(Sight.ALL, true, 10))
                    .extracting(Denial::ownerName)
                    .containsExactly("api");
            assertThat(denials.list(Sight.ALL, false, 10).stream()
                            .filter(each -> each.ownerName().equals("web"))
                            .map(Denial::resolvedAt))
                    .containsExactly(NOON.plusSeconds(90));

            log.append(List.of(Sample.denied("e", "shop", "web", NOON.plusSeconds(99), "privileged")));
            assertThat(denials.list(Sight.ALL, true, 10)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalProcessesMayAppendToOneLog(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int number = writer;
                writers.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 20; i++) {
                        new Log(database).append(List.of(Sample.allowed(number + "-" + i, "shop", "web", NOON)));
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }

            assertThat(count(database, "decision")).isEqualTo(80);
            assertThat(new Verification(database, null).verify().broken()).isNull();
        }
    }
}
