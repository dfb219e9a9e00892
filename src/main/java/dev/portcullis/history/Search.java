package dev.portcullis.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds decisions. An index leads to what the most telling part of a filter says, from the latest on; the rest is looked for
 * among so many of them at a time, and not for longer than one may wait for a page.
 */
final class Search {
    private static final int WINDOW = 100;
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final String ALL = "SELECT " + prefixed(Rows.COLUMNS) + " FROM decision d ";
    private static final String BY_CHECK =
            "SELECT " + prefixed(Rows.COLUMNS) + " FROM decision_check c JOIN decision d ON d.seq = c.seq ";

    private final JdbcClient client;

    Search(Database database) {
        this.client = database.client();
    }

    /**
     * A page.
     *
     * @param sight of who asks
     * @param before the position before which it lies; null for the latest
     * @param size the most decisions it has
     */
    Page page(Filter filter, Sight sight, @Nullable Long before, int size) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Conditions conditions = Conditions.of(sight.through(filter), sight);
        long lower = filter.from() == null ? Long.MIN_VALUE : Position.from(filter.from());
        long latest = filter.to() == null ? Long.MAX_VALUE : Position.from(filter.to());
        long upper = before == null ? latest : Math.min(before, latest);
        List<Row> found = new ArrayList<>();
        while (true) {
            Window window = conditions.isExact() ? new Window(lower, true) : window(conditions, lower, upper);
            found.addAll(rows(conditions, window.from(), upper, size - found.size()));
            if (found.size() == size) {
                return page(found, found.getLast().position());
            }
            if (window.isLast()) {
                return page(found, null);
            }
            upper = window.from();
            if (System.nanoTime() > deadline) {
                return page(found, upper);
            }
        }
    }

    private static Page page(List<Row> rows, @Nullable Long next) {
        return new Page(rows.stream().map(Row::decision).toList(), next == null ? null : Cursor.write(next));
    }

    /** Where the next so many lie of those to which the index leads. */
    private Window window(Conditions conditions, long lower, long upper) {
        JdbcClient.StatementSpec query =
                client.sql("SELECT MIN(position), COUNT(*) FROM (SELECT " + conditions.position() + " AS position FROM "
                        + conditions.table() + " WHERE " + conditions.leading() + " AND " + conditions.position()
                        + " < ? AND " + conditions.position() + " >= ? ORDER BY " + conditions.order() + " LIMIT "
                        + WINDOW + ") AS w");
        List<Object> values = new ArrayList<>(conditions.leadingValues());
        values.add(upper);
        values.add(lower);
        return query.params(values)
                .query((result, _) -> new Window(Math.max(lower, result.getLong(1)), result.getInt(2) < WINDOW))
                .single();
    }

    /** Each end is said once: of two upper ends H2 heeds only one, and reads from there. */
    private List<Row> rows(Conditions conditions, long from, long upper, int size) {
        List<Object> values = new ArrayList<>(conditions.leadingValues());
        values.add(upper);
        values.add(from);
        values.addAll(conditions.restValues());
        return client.sql((conditions.byCheck() ? BY_CHECK : ALL) + "WHERE " + conditions.leading() + " AND "
                        + conditions.position() + " < ? AND " + conditions.position() + " >= ?" + conditions.rest()
                        + " ORDER BY " + conditions.order() + " LIMIT " + size)
                .params(values)
                .query(Rows::read)
                .list();
    }

    private static String prefixed(String columns) {
        return "d." + columns.replace(", ", ", d.").toLowerCase(Locale.ROOT);
    }

    /**
     * A part of those to which the index leads.
     *
     * @param from the position of the earliest
     * @param isLast whether there are none before
     */
    private record Window(long from, boolean isLast) {}
}
