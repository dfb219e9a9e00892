package dev.portcullis.history;

import dev.portcullis.history.Rows.Appended;
import dev.portcullis.policy.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ledger of denials: one row for each owner that is denied, however often, until it is let in. The log is locked while
 * it learns.
 */
final class Denials {
    private static final int LONGEST_CHECKS = 2048;
    private static final String COLUMNS =
            "id, cluster, namespace, owner_kind, owner_name, first_seen, last_seen, times,"
                    + " last_seq, checks, resolved_at";

    private final JdbcClient client;

    Denials(JdbcClient client) {
        this.client = client;
    }

    /** What decisions change: the first denial opens a row, further ones are counted, what lets the owner in ends it. */
    void learn(List<Appended> appended) {
        List<Appended> telling = appended.stream().filter(Denials::tells).toList();
        if (telling.isEmpty()) {
            return;
        }
        Map<Owner, Ledger> open = open(telling);
        Map<Long, Ledger> changed = new LinkedHashMap<>();
        for (Appended each : telling) {
            Owner owner = Owner.of(each.row());
            Ledger known = open.get(owner);
            Ledger now = known == null ? Ledger.begun(each) : known.after(each);
            if (now != null && !now.equals(known)) {
                changed.put(now.id(), now);
                open.put(owner, now);
                if (now.resolvedAt() != null) {
                    open.remove(owner);
                }
            }
        }
        changed.values().forEach(this::write);
    }

    private static boolean tells(Appended appended) {
        Row row = appended.row();
        return row.ownerKind() != null
                && row.ownerName() != null
                && !row.operation().startsWith("CONNECT");
    }

    private Map<Owner, Ledger> open(List<Appended> appended) {
        Set<String> names =
                appended.stream().map(each -> each.row().ownerName()).collect(Collectors.toSet());
        Map<Owner, Ledger> open = new HashMap<>();
        client.sql("SELECT " + COLUMNS + " FROM denial WHERE owner_name IN (:names) AND resolved_at IS NULL")
                .param("names", names)
                .query(Ledger::read)
                .list()
                .forEach(ledger -> open.put(ledger.owner(), ledger));
        return open;
    }

    private void write(Ledger ledger) {
        int known = client.sql("UPDATE denial SET last_seen = ?, times = ?, last_seq = ?, checks = ?, resolved_at = ?"
                        + " WHERE id = ?")
                .params(Arrays.asList(
                        ledger.lastSeen(),
                        ledger.times(),
                        ledger.lastSeq(),
                        ledger.checks(),
                        ledger.resolvedAt(),
                        ledger.id()))
                .update();
        if (known == 0) {
            Owner owner = ledger.owner();
            client.sql("INSERT INTO denial (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(Arrays.asList(
                            ledger.id(),
                            owner.cluster(),
                            owner.namespace(),
                            owner.kind(),
                            owner.name(),
                            ledger.firstSeen(),
                            ledger.lastSeen(),
                            ledger.times(),
                            ledger.lastSeq(),
                            ledger.checks(),
                            ledger.resolvedAt()))
                    .update();
        }
    }

    /**
     * Those who are denied, the latest first.
     *
     * @param open only those who were not let in yet
     * @param most how many at most
     */
    List<Denial> list(Sight sight, boolean open, int most) {
        List<Object> values = new ArrayList<>();
        String condition = sight.condition("namespace", values);
        return where((open ? "resolved_at IS NULL" : "1 = 1") + condition, values, most);
    }

    /** Those for which a condition with these values holds, the latest first. */
    List<Denial> where(String condition, List<Object> values, int most) {
        return client
                .sql("SELECT " + COLUMNS + " FROM denial WHERE " + condition
                        + " ORDER BY last_seen DESC, id DESC LIMIT " + most)
                .params(values)
                .query(Ledger::read)
                .list()
                .stream()
                .map(Ledger::denial)
                .toList();
    }

    /** The latest entry of one owner. */
    Optional<Denial> of(String cluster, String namespace, String kind, String name) {
        return client.sql("SELECT " + COLUMNS + " FROM denial WHERE owner_name = ? AND owner_kind = ? AND namespace = ?"
                        + " AND cluster = ? ORDER BY last_seen DESC, id DESC LIMIT 1")
                .params(name, kind, namespace, cluster)
                .query(Ledger::read)
                .optional()
                .map(Ledger::denial);
    }

    private record Owner(String cluster, String namespace, String kind, String name) {
        static Owner of(Row row) {
            return new Owner(
                    row.cluster(),
                    Objects.requireNonNullElse(row.namespace(), ""),
                    Objects.requireNonNull(row.ownerKind()),
                    Objects.requireNonNull(row.ownerName()));
        }
    }

    /** A row; its number is that of the decision that opened it. */
    private record Ledger(
            long id,
            Owner owner,
            long firstSeen,
            long lastSeen,
            long times,
            long lastSeq,
            String checks,
            @Nullable Long resolvedAt) {
        /** Null where nothing is denied. */
        static @Nullable Ledger begun(Appended appended) {
            Row row = appended.row();
            long at = at(appended);
            return isDenied(row)
                    ? new Ledger(row.seq(), Owner.of(row), at, at, 1, row.seq(), checks(appended.entry(), ""), null)
                    : null;
        }

        Ledger after(Appended appended) {
            long at = at(appended);
            if (isDenied(appended.row())) {
                String all = checks(appended.entry(), checks);
                return new Ledger(
                        id,
                        owner,
                        firstSeen,
                        Math.max(at, lastSeen),
                        times + 1,
                        appended.row().seq(),
                        all,
                        null);
            }
            return at > lastSeen ? new Ledger(id, owner, firstSeen, lastSeen, times, lastSeq, checks, at) : this;
        }

        private static boolean isDenied(Row row) {
            return row.outcome().equals(Outcome.DENY.id());
        }

        private static long at(Appended appended) {
            return appended.entry().at().toEpochMilli();
        }

        private static String checks(Entry entry, String known) {
            Set<String> checks = new TreeSet<>(split(known));
            entry.findings().stream()
                    .filter(finding -> finding.counts() && finding.mode().equals(Mode.ENFORCE.id()))
                    .map(RecordedFinding::check)
                    .forEach(checks::add);
            String joined = String.join(" ", checks);
            return joined.length() <= LONGEST_CHECKS ? joined : known;
        }

        private static List<String> split(String checks) {
            return checks.isEmpty() ? List.of() : List.of(checks.split(" ", -1));
        }

        static Ledger read(ResultSet result, int ignored) throws SQLException {
            long resolved = result.getLong("resolved_at");
            return new Ledger(
                    result.getLong("id"),
                    new Owner(
                            result.getString("cluster"),
                            result.getString("namespace"),
                            result.getString("owner_kind"),
                            result.getString("owner_name")),
                    result.getLong("first_seen"),
                    result.getLong("last_seen"),
                    result.getLong("times"),
                    result.getLong("last_seq"),
                    result.getString("checks"),
                    resolved == 0 ? null : resolved);
        }

        Denial denial() {
            return new Denial(
                    owner.cluster(),
                    owner.namespace(),
                    owner.kind(),
                    owner.name(),
                    Instant.ofEpochMilli(firstSeen),
                    Instant.ofEpochMilli(lastSeen),
                    times,
                    lastSeq,
                    split(checks),
                    resolvedAt == null ? null : Instant.ofEpochMilli(resolvedAt));
        }
    }
}
