package dev.portcullis.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was done at the console. Refusals, which anybody can cause, logins, which anybody can who is let in, and changes have a
 * bound each, so that none pushes out another.
 */
final class AuditLog {
    private static final int MOST_REFUSALS = 10_000;
    private static final int MOST_OTHERS = 100_000;
    private static final String REFUSALS = "action = '" + AuditEntry.REFUSAL + "'";
    private static final String CHANGES = "action = 'change'";
    private static final String OTHERS = "NOT " + REFUSALS + " AND NOT " + CHANGES;
    private static final int LONGEST_WORD = 16;
    private static final int LONGEST_ADDRESS = 64;

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final int mostRefusals;
    private final int mostOthers;

    AuditLog(Database database) {
        this(database, MOST_REFUSALS, MOST_OTHERS);
    }

    AuditLog(Database database, int mostRefusals, int mostOthers) {
        this.jdbc = database.jdbc();
        this.client = database.client();
        this.transactions = database.transactions();
        this.mostRefusals = mostRefusals;
        this.mostOthers = mostOthers;
    }

    /** Writes all of them, or none. */
    void append(List<AuditEntry> entries) {
        List<Object[]> rows = new ArrayList<>();
        for (AuditEntry entry : entries) {
            rows.add(new @Nullable Object[] {
                entry.at().toEpochMilli(),
                Kept.text(entry.action(), LONGEST_WORD),
                Kept.textOrNull(entry.user()),
                entry.way() == null ? null : Kept.text(entry.way(), LONGEST_WORD),
                entry.address() == null ? null : Kept.text(entry.address(), LONGEST_ADDRESS),
                Kept.textOrNull(entry.route()),
                Kept.textOrNull(entry.target()),
                Kept.text(entry.result())
            });
        }
        transactions.executeWithoutResult(_ -> jdbc.batchUpdate(
                "INSERT INTO audit (at, action, username, way, address, route, target, result)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows));
    }

    private record Numbered(long id, AuditEntry entry) {}

    /**
     * A page of it.
     *
     * @param after the {@link #keys} of the page before; null for the first
     */
    AuditPage page(AuditFilter filter, @Nullable List<Object> after, int size) {
        StringBuilder where = new StringBuilder("1 = 1");
        List<Object> values = new ArrayList<>();
        and(where, values, "username = ?", filter.user() == null ? null : Kept.text(filter.user()));
        and(where, values, "action = ?", filter.action());
        and(where, values, "at >= ?", millis(filter.from()));
        and(where, values, "at < ?", millis(filter.to()));
        if (after != null) {
            where.append(" AND (at < ? OR (at = ? AND id < ?))");
            values.addAll(List.of(after.getFirst(), after.getFirst(), after.getLast()));
        }
        List<Numbered> found = client.sql(
                        "SELECT * FROM audit WHERE " + where + " ORDER BY " + order(filter) + " LIMIT " + (size + 1))
                .params(values)
                .query(AuditLog::read)
                .list();
        List<Numbered> shown = found.size() > size ? found.subList(0, size) : found;
        return new AuditPage(
                shown.stream().map(Numbered::entry).toList(), found.size() > size ? cursor(shown.getLast()) : null);
    }

    /** Every column of an index, by which H2 sees that it is in order already. */
    private static String order(AuditFilter filter) {
        String time = "at DESC, id DESC";
        if (filter.user() != null) {
            return "username DESC, " + time;
        }
        return filter.action() == null ? time : "action DESC, " + time;
    }

    private static void and(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(" AND ").append(condition);
            values.add(value);
        }
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    private static String cursor(Numbered last) {
        return Cursor.ofKeys(List.of(last.entry().at().toEpochMilli(), last.id()));
    }

    /**
     * Where a page goes on: the time and the number of the last entry before it.
     *
     * @throws IllegalArgumentException where the cursor is none
     */
    static List<Object> keys(String cursor) {
        List<Object> keys = Cursor.keys(cursor);
        if (keys.size() != 2 || !keys.stream().allMatch(Long.class::isInstance)) {
            throw new IllegalArgumentException("a cursor has a time and a number");
        }
        return keys;
    }

    private static Numbered read(ResultSet row, int ignored) throws SQLException {
        return new Numbered(
                row.getLong("id"),
                new AuditEntry(
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("action"),
                        row.getString("username"),
                        row.getString("way"),
                        row.getString("address"),
                        row.getString("route"),
                        row.getString("target"),
                        row.getString("result")));
    }

    /** Removes those before a moment, and the oldest of too many. */
    void forget(long before) {
        client.sql("DELETE FROM audit WHERE at < ?").param(before).update();
        long span = client.sql("SELECT COALESCE(MAX(id) - MIN(id), 0) FROM audit")
                .query(Long.class)
                .single();
        // Counting costs as much as there are rows: mostly there are few.
        if (span >= Math.min(mostRefusals, mostOthers)) {
            forget(REFUSALS, mostRefusals);
            forget(CHANGES, mostOthers);
            forget(OTHERS, mostOthers);
        }
    }

    private void forget(String which, int most) {
        client.sql("SELECT id FROM audit WHERE " + which + " ORDER BY id DESC LIMIT 1 OFFSET " + most)
                .query(Long.class)
                .optional()
                .ifPresent(last -> client.sql("DELETE FROM audit WHERE " + which + " AND id <= ?")
                        .param(last)
                        .update());
    }
}
