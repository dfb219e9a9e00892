package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class AuditLogTest {
    @TempDir
    private Path folder;

    private static AuditEntry entry(String action, @Nullable String user, int second) {
        return new AuditEntry(
                NOON.plusSeconds(second), action, user, "token", "192.0.2.1", "POST /api/v1/a", "b=c", "200");
    }

    private static List<AuditEntry> all(AuditLog log, AuditFilter filter, int size) {
        List<AuditEntry> all = new ArrayList<>();
        List<Object> after = null;
        while (true) {
            AuditPage page = log.page(filter, after, size);
            assertThat(page.entries()).hasSizeBetween(1, size);
            all.addAll(page.entries());
            if (page.next() == null) {
                return all;
            }
            after = AuditLog.keys(page.next());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheLatestFirstPageByPage(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            AuditLog log = new AuditLog(database);
            // Two of each second: the later written is the later.
            List<AuditEntry> written = IntStream.range(0, 9)
                    .mapToObj(i -> entry("change", "user-" + i, i / 2))
                    .toList();
            log.append(written.subList(0, 4));
            log.append(written.subList(4, 9));

            assertThat(all(log, AuditFilter.ALL, 2)).containsExactlyElementsOf(written.reversed());
            assertThat(all(log, AuditFilter.ALL, 9)).hasSize(9);
            AuditEntry bare = new AuditEntry(NOON, "logout", null, null, null, null, null, "");
            log.append(List.of(bare));
            assertThat(log.page(new AuditFilter(null, "logout", null, null), null, 5)
                            .entries())
                    .containsExactly(bare);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isAskedByUserActionAndTime(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            AuditLog log = new AuditLog(database);
            log.append(List.of(
                    entry("login", "ann", 0),
                    entry("change", "ann", 1),
                    entry("change", "bob", 2),
                    entry("refusal", null, 3)));

            assertThat(log.page(new AuditFilter("ann", null, null, null), null, 9)
                            .entries())
                    .extracting(AuditEntry::action)
                    .containsExactly("change", "login");
            assertThat(log.page(new AuditFilter(null, "change", null, null), null, 9)
                            .entries())
                    .extracting(AuditEntry::user)
                    .containsExactly("bob", "ann");
            assertThat(log.page(new AuditFilter("ann", "change", NOON.plusSeconds(1), NOON.plusSeconds(2)), null, 9)
                            .entries())
                    .containsExactly(entry("change", "ann", 1));
            assertThat(log.page(new AuditFilter(null, null, NOON.plusSeconds(3), null), null, 9)
                            .entries())
                    .extracting(AuditEntry::action)
                    .containsExactly("refusal");
            assertThat(log.page(new AuditFilter("' OR 1 = 1 --\0", null, Instant.EPOCH, NOON.plusSeconds(9)), null, 9)
                            .entries())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsHostileTextsAsTheyAreAsFarAsTheyFit(Backend backend) throws Exception {
        String hostile = "<b>\0" + "é".repeat(300);
        try (Database database = Database.open(backend.place(folder))) {
            AuditLog log = new AuditLog(database);
            log.append(List.of(new AuditEntry(NOON, hostile, hostile, hostile, hostile, hostile, hostile, hostile)));
            AuditEntry kept = log.page(AuditFilter.ALL, null, 1).entries().getFirst();
            assertThat(kept.user()).startsWith("<b>\uFFFDéé").hasSize(253);
            assertThat(kept.address()).hasSize(64);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgetsWhatIsOldAndTheOldestOfItsOwnKind(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            AuditLog log = new AuditLog(database, 2, 3);
            log.append(List.of(entry("login", "old", 0), entry("refusal", null, 1)));
            log.append(List.of(entry("change", "a", 10), entry("change", "b", 11), entry("change", "c", 12)));
            log.append(IntStream.range(20, 29)
                    .mapToObj(i -> entry("refusal", null, i))
                    .toList());
            log.forget(NOON.plusSeconds(10).toEpochMilli());
            assertThat(all(log, AuditFilter.ALL, 9))
                    .extracting(AuditEntry::action)
                    .containsExactly("refusal", "refusal", "change", "change", "change");

            log.append(IntStream.range(30, 36)
                    .mapToObj(i -> entry("login", "d", i))
                    .toList());
            log.append(List.of(entry("change", "e", 40)));
            log.forget(0);
            assertThat(all(log, AuditFilter.ALL, 9))
                    .extracting(AuditEntry::action)
                    .containsExactly("change", "login", "login", "login", "refusal", "refusal", "change", "change");
        }
    }

    @Test
    void aCursorIsATimeAndANumber() {
        for (String none : List.of("", "a", Cursor.ofKeys(List.of(1L)), Cursor.ofKeys(List.of("a", 1L)), "!!")) {
            assertThatThrownBy(() -> AuditLog.keys(none)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(AuditLog.keys(Cursor.ofKeys(List.of(1L, 2L)))).isEqualTo(List.of(1L, 2L));
    }
}
