package dev.portcullis.history;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(120)
class HistoryFaultTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private History open(Place place) {
        Settings settings = new Settings(place, Duration.ofDays(30), 1 << 30, 1 << 20);
        return History.open(settings, InstantSource.fixed(Sample.NOON), registry);
    }

    private double metric(String name) {
        return registry.get("portcullis.history." + name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private static void record(History history, String uid) {
        Entry entry = Sample.allowed(uid, "shop", "web", Sample.NOON);
        assertThat(history.record(100, () -> entry)).isTrue();
    }

    private static List<String> uids(History history) throws HistoryUnavailableException {
        return history.seenBy(Sight.ALL).page(Filter.ALL, null, 100).decisions().stream()
                .map(Decision::uid)
                .toList();
    }

    @Test
    void writesWhatWaitedOnceTheDatabaseIsBack() throws Exception {
        Place.Server place = Postgres.database();
        try (History history = open(place)) {
            record(history, "before");
            await().atMost(30, SECONDS).until(() -> metric("recorded") >= 1);

            Postgres.refuse(place);
            record(history, "while it is away");
            await().atMost(60, SECONDS).until(() -> metric("failing") == 1);
            record(history, "and another");
            Postgres.admit(place);

            await().atMost(60, SECONDS).until(() -> metric("recorded") >= 3);
            assertThat(uids(history)).containsExactly("and another", "while it is away", "before");
            await().atMost(30, SECONDS).until(() -> metric("failing") == 0);
            assertThat(metric("dropped")).isZero();
            assertThat(history.verify().broken()).isNull();
        }
    }

    @Test
    void countsWhatItHasNoRoomFor() throws Exception {
        Place.Server place = Postgres.database();
        Postgres.refuse(place);
        try (History history = open(place)) {
            await().atMost(60, SECONDS).until(() -> metric("failing") == 1);
            Entry entry = Sample.allowed("a", "shop", "web", Sample.NOON);
            for (int i = 0; i < Pending.MOST; i++) {
                history.record(1, () -> entry);
            }
            double before = metric("dropped");

            assertThat(history.record(1, () -> entry)).isFalse();
            assertThat(metric("dropped")).isEqualTo(before + 1);
            assertThat(metric("waiting")).isEqualTo(Pending.MOST);
            Postgres.admit(place);
            await().atMost(60, SECONDS).until(() -> metric("failing") == 0);
            await().atMost(60, SECONDS).until(() -> Postgres.lost(place) >= 1);
        }
    }

    @Test
    void takesNoMoreBytesThanItHasRoomFor() {
        Pending pending = new Pending();
        Entry entry = Sample.allowed("a", "shop", "web", Sample.NOON);

        assertThat(pending.offer(Pending.MOST_BYTES, () -> entry)).isTrue();
        assertThat(pending.offer(1, () -> entry)).isFalse();
    }

    @Test
    void setsADamagedFileAsideAndBeginsANewOne() throws Exception {
        Place.Embedded place = new Place.Embedded(folder.resolve("history"));
        try (History history = open(place)) {
            record(history, "lost");
            await().atMost(30, SECONDS).until(() -> metric("recorded") >= 1);
        }
        byte[] damaged = new byte[(int) Files.size(place.storage())];
        Files.write(place.storage(), damaged);
        double before = metric("recorded");

        MeterRegistry fresh = new SimpleMeterRegistry();
        Settings settings = new Settings(place, Duration.ofDays(30), 1 << 30, 1 << 20);
        try (History history = History.open(settings, InstantSource.fixed(Sample.NOON), fresh)) {
            record(history, "new");
            await().atMost(30, SECONDS)
                    .until(() ->
                            fresh.get("portcullis.history.recorded").counter().count() >= 1);

            assertThat(uids(history)).containsExactly("new");
            assertThat(fresh.get("portcullis.history.damaged").gauge().value()).isEqualTo(1);
        }
        assertThat(before).isEqualTo(1);
        try (Stream<Path> files = Files.list(folder.resolve("history"))) {
            Path aside = files.filter(file -> file.getFileName().toString().contains(".damaged-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllBytes(aside)).isEqualTo(damaged);
        }
    }

    // As is done to a scan that ends and to a judgement that takes too long.
    @Test
    void goesOnWhereWhoReadsItIsInterrupted() throws Exception {
        try (History history = open(new Place.Embedded(folder.resolve("history")))) {
            // More than is kept in memory, so that the file is read.
            for (int i = 0; i < 3_000; i++) {
                Entry entry = Sample.denied("uid-" + i, "shop", "web", Sample.NOON, longNames());
                history.record(100, () -> entry);
            }
            await().atMost(60, SECONDS).until(() -> metric("recorded") >= 3_000);
            AtomicBoolean enough = new AtomicBoolean();
            Thread reader = Thread.ofPlatform().start(() -> readOn(history, enough));
            for (int i = 0; i < 500; i++) {
                reader.interrupt();
                LockSupport.parkNanos(1_000_000);
            }
            enough.set(true);
            reader.join();

            assertThat(uids(history)).hasSize(100);
            assertThat(metric("failing")).isZero();
            assertThat(history.verify().broken()).isNull();
        }
    }

    private static String[] longNames() {
        return IntStream.range(0, 100).mapToObj(i -> i + "-long".repeat(40)).toArray(String[]::new);
    }

    private static void readOn(History history, AtomicBoolean enough) {
        while (!enough.get()) {
            try {
                history.verify();
            } catch (HistoryUnavailableException | RuntimeException broken) {
                // it was told to end
            }
            boolean _ = Thread.interrupted();
        }
    }

    @Test
    void whatIsDoneAtTheConsoleWaitsForTheDatabaseAndWhatHasNoRoomIsTold() throws Exception {
        Place.Server place = Postgres.database();
        try (History history = open(place)) {
            await().atMost(30, SECONDS).until(history::isOpen);
            Postgres.refuse(place);
            int more = 3;
            for (int i = 0; i < AuditIntake.MOST + more; i++) {
                history.audit(
                        new AuditEntry(Sample.NOON, "change", "user-" + i, "token", "::1", "POST /a", null, "200"));
            }
            assertThat(registry.get("portcullis.audit.dropped").counter().count())
                    .isEqualTo(more);
            await().atMost(60, SECONDS).until(() -> metric("failing") == 1);
            Postgres.admit(place);

            // A question may still find a connection that was broken off.
            await().atMost(60, SECONDS)
                    .ignoreException(HistoryUnavailableException.class)
                    .until(() ->
                            !history.audited(AuditFilter.ALL, null, 1).entries().isEmpty());
            List<AuditEntry> kept =
                    history.audited(AuditFilter.ALL, null, 2 * AuditIntake.MOST).entries();
            assertThat(kept).hasSize(AuditIntake.MOST + 1);
            assertThat(kept.getFirst()).isEqualTo(AuditEntry.lost(more, Sample.NOON));
            assertThat(kept.get(1).user()).isEqualTo("user-" + (AuditIntake.MOST - 1));
            assertThat(kept.getLast().user()).isEqualTo("user-0");
        }
    }

    @Test
    void refusalsAtTheConsoleLeaveRoomForWhatIsDoneThere() throws Exception {
        AuditIntake intake = new AuditIntake(registry.counter("dropped"));
        for (int i = 0; i < AuditIntake.MOST; i++) {
            intake.take(new AuditEntry(Sample.NOON, "refusal", null, null, "::1", null, null, "no such token"));
        }
        for (int i = 0; i < AuditIntake.MOST / 2; i++) {
            intake.take(new AuditEntry(Sample.NOON, "change", "ann", "token", "::1", "POST /a", null, "200"));
        }
        assertThat(registry.get("dropped").counter().count()).isEqualTo(AuditIntake.MOST / 2.0);
        try (Database database = Database.open(Backend.EMBEDDED.place(folder))) {
            intake.write(database, Sample.NOON);
            AuditFilter changes = new AuditFilter(null, "change", null, null);
            assertThat(new AuditLog(database)
                            .page(changes, null, AuditIntake.MOST)
                            .entries())
                    .hasSize(AuditIntake.MOST / 2);
        }
    }

    @Test
    void valuesThatNoIndexTakesAreRefusedForGood() {
        assertThat(Database.isRefusal(new DataAccessResourceFailureException("", new SQLException("", "54000"))))
                .isTrue();
        assertThat(Database.isRefusal(new DataAccessResourceFailureException("", new SQLException("", "53100"))))
                .isFalse();
        assertThat(Database.isRefusal(new DataAccessResourceFailureException("")))
                .isFalse();
    }

    @Test
    void countsEachDecisionOnceWhenSomethingBreaksOffAfterABatch() throws Exception {
        Place.Server place = Postgres.database();
        Settings settings = new Settings(place, Duration.ofDays(30), 1 << 30, 1 << 20);
        Path counts = folder.resolve("counts");
        List<String> told = new ArrayList<>();
        try (Losses losses = Losses.in(counts);
                Store store = new Store(place)) {
            Intake intake = new Intake(losses, registry.counter("dropped"));
            int[] broken = {0};
            Writer writer = new Writer(
                    store,
                    settings,
                    InstantSource.fixed(Sample.NOON),
                    intake,
                    new AuditIntake(registry.counter("dropped")),
                    null,
                    decisions -> {
                        decisions.forEach(decision -> told.add(decision.uid()));
                        if (!decisions.isEmpty() && broken[0]++ == 0) {
                            throw new IllegalStateException("broken off");
                        }
                    });
            for (int i = 0; i < 10; i++) {
                String uid = "uid-" + i;
                boolean fails = i == 7;
                intake.record(1, () -> {
                    if (fails) {
                        throw new IllegalStateException("no entry can be made");
                    }
                    return Sample.allowed(uid, "shop", "web", Sample.NOON);
                });
            }
            writer.start();
            await().atMost(30, SECONDS).until(() -> told.size() == 9);
            writer.close();

            assertThat(Postgres.lost(place)).isEqualTo(1);
        }
        try (Losses losses = Losses.in(counts)) {
            assertThat(losses.ofEarlier()).isZero();
        }
    }

    @Test
    void goesOnOnceAFullDiskHasRoomAgain() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()) == 0, "cannot mount a tmpfs");
        try (History history = open(new Place.Embedded(disk.resolve("history")))) {
            record(history, "before");
            await().atMost(30, SECONDS).until(() -> metric("recorded") >= 1);
            Path ballast = disk.resolve("ballast");
            fill(ballast);
            for (int i = 0; metric("failing") == 0; i++) {
                record(history, "full-" + i);
                Thread.onSpinWait();
                if (i % 100 == 0) {
                    await().atMost(60, SECONDS).until(() -> metric("waiting") < 500 || metric("failing") == 1);
                }
            }
            Files.delete(ballast);

            await().atMost(60, SECONDS).until(() -> metric("failing") == 0 && metric("waiting") == 0);
            assertThat(metric("damaged")).isZero();
            assertThat(history.seenBy(Sight.ALL).page(Filter.ALL, null, 500).decisions())
                    .extracting(Decision::uid)
                    .contains("full-0");
            assertThat(history.verify().broken()).isNull();
        } finally {
            assertThat(run("umount", "--lazy", disk.toString())).isZero();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] some = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void tellsHowManyWereLostWhenItWasKilled() throws Exception {
        Path file = folder.resolve("taken");
        try (Losses losses = Losses.in(file)) {
            assertThat(losses.ofEarlier()).isZero();
            losses.take();
            losses.take();
            losses.take();
            losses.settle(1);
        }
        try (Losses losses = Losses.in(file)) {
            assertThat(losses.ofEarlier()).isEqualTo(2);
            losses.take();
            losses.settle(1);
        }
        try (Losses losses = Losses.in(file)) {
            assertThat(losses.ofEarlier()).isZero();
        }
    }

    @Test
    void aSecondProcessIsToldThatTheFileIsInUse() throws Exception {
        Place.Embedded place = new Place.Embedded(folder.resolve("history"));
        try (History history = open(place)) {
            record(history, "a");
            await().atMost(30, SECONDS).until(() -> metric("recorded") >= 1);

            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.portcullis.app.Portcullis",
                            "history",
                            "verify",
                            "--data",
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String told = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(other.waitFor()).isEqualTo(3);
            assertThat(told).contains("the history in " + place.folder() + " is in use by another process");
        }
    }
}
