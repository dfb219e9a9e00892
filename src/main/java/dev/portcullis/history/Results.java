package dev.portcullis.history;

import dev.portcullis.history.ResultOrder.By;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what is found of what runs, finding by finding. */
final class Results {
    private static final int WORKLOADS_AT_ONCE = 50;
    private static final int FINDINGS_AT_ONCE = 200;
    private static final Duration PATIENCE = Duration.ofMillis(80);

    /** After the last finding of any workload. */
    private static final Long END = Long.MAX_VALUE;

    private static final List<String> TEXTS = List.of("w.name", "COALESCE(f.field, '')", "f.message");

    private final JdbcClient client;

    Results(Database database) {
        this.client = database.client();
    }

    /**
     * A page, full or not: an index leads to so many workloads or findings at a time, and not for longer than one may wait for a page.
     *
     * @param after the keys of the one after which it lies; null for the first
     */
    ResultPage page(Sight sight, ResultFilter filter, ResultOrder order, @Nullable List<Object> after, int size) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Object> reached = after;
        List<Placed> found = new ArrayList<>();
        while (true) {
            Window window = window(sight, filter.workloads(), order, reached);
            if (!window.workloads().isEmpty()) {
                found.addAll(rows(sight, filter, order, window, reached, size - found.size()));
            }
            if (found.size() == size) {
                return page(found, found.getLast().keys());
            }
            if (window.isLast()) {
                return page(found, null);
            }
            reached = window.end();
            if (System.nanoTime() > deadline) {
                return page(found, reached);
            }
        }
    }

    private static ResultPage page(List<Placed> found, @Nullable List<Object> next) {
        return new ResultPage(found.stream().map(Placed::result).toList(), next == null ? null : Cursor.ofKeys(next));
    }

    /**
     * A part of those to which the index leads.
     *
     * @param workloads that have it
     * @param end the keys of its last; null where there is none
     * @param isLast whether there are none after
     */
    private record Window(Set<Long> workloads, @Nullable List<Object> end, boolean isLast) {}

    private Window window(Sight sight, WorkloadFilter filter, ResultOrder order, @Nullable List<Object> reached) {
        return order.isByWorkload() ? ofWorkloads(sight, filter, order, reached) : ofFindings(filter, order, reached);
    }

    /** The next workloads that may have any, with that within which a page ended. */
    private Window ofWorkloads(Sight sight, WorkloadFilter filter, ResultOrder order, @Nullable List<Object> reached) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = Workloads.ofWorkload(filter, values).append(sight.condition("w.namespace", values));
        Workloads.add(
                " AND EXISTS (SELECT 1 FROM workload_finding f WHERE f.workload_id = w.id AND f.check_id = ?)",
                filter.check(),
                where,
                values);
        List<Object> begun = reached == null ? null : reached.subList(0, reached.size() - 1);
        List<List<Object>> keys =
                leading("workload w", order.leading(), where.toString(), values, begun, WORKLOADS_AT_ONCE);
        Set<Long> workloads = new LinkedHashSet<>();
        if (begun != null) {
            workloads.add((Long) begun.getLast());
        }
        keys.forEach(each -> workloads.add((Long) each.getLast()));
        return new Window(
                workloads,
                keys.isEmpty()
                        ? null
                        : Stream.concat(keys.getLast().stream(), Stream.of(order.descending() ? -END : END))
                                .toList(),
                keys.size() < WORKLOADS_AT_ONCE);
    }

    private Window ofFindings(WorkloadFilter filter, ResultOrder order, @Nullable List<Object> reached) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder();
        // By severity the index would be left for that of the check, whose rows would all be sorted.
        Workloads.add(" AND f.check_id = ?", order.by() == By.CHECK ? filter.check() : null, where, values);
        List<List<Object>> keys =
                leading("workload_finding f", order.leading(), where.toString(), values, reached, FINDINGS_AT_ONCE);
        return new Window(
                keys.stream().map(each -> (Long) each.get(1)).collect(Collectors.toSet()),
                keys.isEmpty() ? null : keys.getLast(),
                keys.size() < FINDINGS_AT_ONCE);
    }

    private List<List<Object>> leading(
            String table, Keyset keyset, String where, List<Object> values, @Nullable List<Object> after, int most) {
        List<List<Object>> keys = new ArrayList<>();
        for (Keyset.Range range : keyset.after(after)) {
            keys.addAll(client.sql("SELECT " + keyset.names() + " FROM " + table + " WHERE 1 = 1" + where
                            + range.condition() + " ORDER BY " + keyset.clause() + " LIMIT " + (most - keys.size()))
                    .params(values)
                    .params(range.values())
                    .query((result, _) -> keyset.keys(result))
                    .list());
        }
        return keys;
    }

    private List<Placed> rows(
            Sight sight,
            ResultFilter filter,
            ResultOrder order,
            Window window,
            @Nullable List<Object> reached,
            int size) {
        Keyset keyset = order.keyset();
        List<Object> values = new ArrayList<>(window.workloads());
        StringBuilder where = Workloads.ofWorkload(filter.workloads(), values)
                .append(sight.condition("w.namespace", values))
                .append(conditions(filter, values));
        Keyset.Range range = keyset.between(reached, window.end());
        return client.sql("SELECT w.id, w.cluster, w.namespace, w.kind, w.name, w.judged_at, w.changed_at, f.*"
                        + " FROM workload_finding f JOIN workload w ON w.id = f.workload_id WHERE f.workload_id IN ("
                        + String.join(
                                ", ", Collections.nCopies(window.workloads().size(), "?")) + ")" + where
                        + range.condition() + " ORDER BY " + keyset.clause() + " LIMIT " + size)
                .params(values)
                .params(range.values())
                .query((result, _) -> placed(result, keyset))
                .list();
    }

    private static String conditions(ResultFilter filter, List<Object> values) {
        StringBuilder where = Workloads.ofFinding(filter.workloads(), values);
        where.append(filter.exempt() ? " AND f.exemption IS NOT NULL" : " AND f.exemption IS NULL");
        String text = filter.text();
        if (text != null) {
            where.append(Conditions.contains(TEXTS, text, values));
        }
        return where.toString();
    }

    private record Placed(List<Object> keys, WorkloadResult result) {}

    private static Placed placed(ResultSet row, Keyset keyset) throws SQLException {
        WorkloadFinding finding = FindingRows.read(row);
        WorkloadResult result = new WorkloadResult(
                row.getString("cluster"),
                row.getString("namespace"),
                row.getString("kind"),
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("judged_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                finding.check(),
                finding.result(),
                finding.severity(),
                finding.mode(),
                finding.policy(),
                finding.container(),
                finding.field(),
                finding.value(),
                finding.message(),
                finding.fix(),
                finding.exemption(),
                Instant.ofEpochMilli(row.getLong("since")));
        return new Placed(keyset.keys(row), result);
    }
}
