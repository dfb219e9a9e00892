package dev.portcullis.history;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.Filter.Field;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class HistoryTest {
    private static final Instant NOON = Sample.NOON;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private History open(Backend backend) throws Exception {
        Settings settings = new Settings(backend.place(folder), Duration.ofDays(30), 1 << 30, 1 << 20);
        return History.open(settings, InstantSource.fixed(NOON), registry);
    }

    private void write(History history, Entry... entries) {
        double before = recorded();
        for (Entry entry : entries) {
            assertThat(history.record(100, () -> entry)).isTrue();
        }
        await().atMost(20, SECONDS).until(() -> recorded() - before >= entries.length);
    }

    private double recorded() {
        return registry.get("portcullis.history.recorded").counter().count();
    }

    private static Filter only(Field field, String value) {
        return new Filter(Map.of(field, value), null, null, null, null, null);
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatWasDecidedTheLatestFirst(Backend backend) throws Exception {
        try (History history = open(backend)) {
            write(
                    history,
                    Sample.denied("a", "shop", "web", NOON, "privileged", "host-pid"),
                    Sample.allowed("b", "shop", "api", NOON.plusSeconds(1)));

            List<Decision> decisions =
                    history.seenBy(Sight.ALL).page(Filter.ALL, null, 10).decisions();

            assertThat(decisions).extracting(Decision::uid).containsExactly("b", "a");
            Decision denied = decisions.getLast();
            assertThat(denied.at()).isEqualTo(NOON);
            assertThat(denied.outcome()).isEqualTo("deny");
            assertThat(denied.ownerKind()).isEqualTo("Deployment");
            assertThat(denied.ownerName()).isEqualTo("web");
            assertThat(denied.micros()).isEqualTo(345);
            assertThat(denied.findings()).extracting(RecordedFinding::check).containsExactly("privileged", "host-pid");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsOneRowOfARequestThatIsRepeated(Backend backend) throws Exception {
        try (History history = open(backend)) {
            Entry entry = Sample.allowed("a", "shop", "web", NOON);
            history.record(100, () -> entry);
            history.record(100, () -> entry);
            write(history, entry("b", NOON.plusSeconds(1)));
            history.record(100, () -> entry);
            write(history, entry("c", NOON.plusSeconds(2)));

            assertThat(history.seenBy(Sight.ALL).page(Filter.ALL, null, 10).decisions())
                    .extracting(Decision::uid)
                    .containsExactly("c", "b", "a");
        }
    }

    private static Entry entry(String uid, Instant at) {
        return Sample.allowed(uid, "shop", "web", at);
    }

    @ParameterizedTest
    @EnumSource
    void tellsNobodyOfANamespaceThatTheyDoNotSee(Backend backend) throws Exception {
        try (History history = open(backend)) {
            write(
                    history,
                    Sample.denied("a", "shop", "web", NOON, "privileged"),
                    Sample.denied("b", "bank", "web", NOON.plusSeconds(10), "privileged"),
                    Sample.denied("c", "till", "web", NOON.plusSeconds(20), "privileged"));
            Seen one = history.seenBy(new Sight(Set.of("shop")));
            Seen two = history.seenBy(new Sight(Set.of("shop", "till")));
            Seen none = history.seenBy(new Sight(Set.of()));

            assertThat(uids(one, Filter.ALL)).containsExactly("a");
            assertThat(uids(two, Filter.ALL)).containsExactly("c", "a");
            assertThat(uids(two, only(Field.CHECK, "privileged"))).containsExactly("c", "a");
            assertThat(uids(two, only(Field.UID, "b"))).isEmpty();
            assertThat(uids(one, only(Field.NAMESPACE, "bank"))).isEmpty();
            assertThat(uids(two, only(Field.NAMESPACE, "bank"))).isEmpty();
            assertThat(uids(none, Filter.ALL)).isEmpty();
            assertThat(two.denials(true, 10)).extracting(Denial::namespace).containsExactly("till", "shop");
            assertThat(none.denials(false, 10)).isEmpty();
            assertThat(two.denial("c1", "bank", "Deployment", "web")).isEmpty();
            Instant end = NOON.plusSeconds(3600);
            await().atMost(20, SECONDS)
                    .untilAsserted(
                            () -> assertThat(two.trend(NOON, end, null, null).hours())
                                    .singleElement()
                                    .extracting(Trend.Hour::deny)
                                    .isEqualTo(2L));
            assertThat(one.trend(NOON, end, null, "bank").hours()).isEmpty();
        }
    }

    private static List<String> uids(Seen seen, Filter filter) throws Exception {
        return seen.page(filter, null, 10).decisions().stream()
                .map(Decision::uid)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void findsByEveryPartOfAFilter(Backend backend) throws Exception {
        try (History history = open(backend)) {
            write(
                    history,
                    Sample.denied("a", "shop", "web", NOON, "privileged"),
                    Sample.entry("b", "bank", "api", NOON.plusSeconds(10), Outcome.WARN, "host-pid"),
                    Sample.allowed("c", "bank", "100%_sure!", NOON.plusSeconds(20)));

            assertThat(uids(history, only(Field.NAMESPACE, "bank"))).containsExactly("c", "b");
            assertThat(uids(history, only(Field.OWNER, "web"))).containsExactly("a");
            assertThat(uids(history, only(Field.CHECK, "host-pid"))).containsExactly("b");
            assertThat(uids(history, only(Field.OUTCOME, "deny"))).containsExactly("a");
            assertThat(uids(history, only(Field.NAME, "api-1"))).containsExactly("b");
            assertThat(uids(history, only(Field.USER, "bob"))).isEmpty();
            assertThat(uids(history, only(Field.UID, "c"))).containsExactly("c");
            assertThat(uids(
                            history,
                            new Filter(
                                    Map.of(Field.NAMESPACE, "bank", Field.CHECK, "privileged"),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null)))
                    .isEmpty();
            assertThat(uids(
                            history,
                            new Filter(
                                    Map.of(Field.NAMESPACE, "bank", Field.CHECK, "host-pid"),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null)))
                    .containsExactly("b");
            assertThat(uids(history, new Filter(Map.of(), null, dev.portcullis.policy.Mode.WARN, null, null, null)))
                    .containsExactly("b");
            assertThat(uids(history, new Filter(Map.of(), dev.portcullis.check.Severity.HIGH, null, null, null, null)))
                    .containsExactly("b", "a");
            assertThat(uids(
                            history,
                            new Filter(Map.of(), null, null, NOON.plusSeconds(10), NOON.plusSeconds(20), null)))
                    .containsExactly("b");
            assertThat(uids(history, new Filter(Map.of(), null, null, null, null, "100%_SURE!")))
                    .containsExactly("c");
            assertThat(uids(history, new Filter(Map.of(), null, null, null, null, "10%sure")))
                    .isEmpty();
        }
    }

    private static List<String> uids(History history, Filter filter) throws Exception {
        return history.seenBy(Sight.ALL).page(filter, null, 10).decisions().stream()
                .map(Decision::uid)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void pagesLeaveNothingOutAndTellNothingTwice(Backend backend) throws Exception {
        try (History history = open(backend)) {
            Entry[] entries = new Entry[50];
            for (int i = 0; i < entries.length; i++) {
                // Many in one millisecond.
                entries[i] = Sample.allowed("u" + i, "shop", "web", NOON.plusMillis(i / 10));
            }
            write(history, entries);

            List<String> seen = new ArrayList<>();
            String cursor = null;
            do {
                Page page = history.seenBy(Sight.ALL).page(only(Field.NAMESPACE, "shop"), cursor, 7);
                page.decisions().forEach(decision -> seen.add(decision.uid()));
                cursor = page.next();
            } while (cursor != null);

            assertThat(seen)
                    .hasSize(50)
                    .doesNotHaveDuplicates()
                    .startsWith("u49", "u48")
                    .endsWith("u1", "u0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> history.seenBy(Sight.ALL).page(Filter.ALL, "nonsense", 7));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatADatabaseWouldNotTake(Backend backend) throws Exception {
        try (History history = open(backend)) {
            String name = "a\0b\uD800c" + "x".repeat(2000);
            write(history, Sample.denied("a", name, name, NOON, name));

            Decision kept = history.seenBy(Sight.ALL)
                    .page(Filter.ALL, null, 10)
                    .decisions()
                    .getFirst();

            assertThat(kept.ownerName())
                    .startsWith("a\uFFFDb\uFFFDcxxx")
                    .endsWith("x…")
                    .hasSize(253);
            assertThat(kept.findings().getFirst().check()).hasSize(253);
        }
    }

    /** An index of PostgreSQL takes a third of a page, which texts are only pressed into that repeat themselves. */
    @ParameterizedTest
    @EnumSource
    void keepsTheLongestNamesOfCharactersThatTakeMostRoom(Backend backend) throws Exception {
        try (History history = open(backend)) {
            String longest = new Random(7)
                    .ints(3_000, 0x4E00, 0x9FA5)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            Entry entry = Sample.denied(longest, longest, longest, NOON, longest);
            write(
                    history,
                    new Entry(
                            entry.source(),
                            longest,
                            NOON,
                            entry.outcome(),
                            "default",
                            longest,
                            longest,
                            entry.subject(),
                            longest,
                            entry.took(),
                            longest,
                            entry.findings(),
                            new byte[] {1}));

            assertThat(history.seenBy(Sight.ALL).page(Filter.ALL, null, 10).decisions())
                    .extracting(Decision::username)
                    .singleElement()
                    .asString()
                    .hasSize(512);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsThoseWhoFollow(Backend backend) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (History history = open(backend)) {
            AutoCloseable following = history.follow(decision -> told.add(decision.uid()));
            write(history, entry("a", NOON));
            await().until(() -> told.size() == 1);
            following.close();
            write(history, entry("b", NOON));

            assertThat(told).containsExactly("a");
        }
    }
}
