package dev.portcullis.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what is found of what runs, finding by finding, in the order of workloads. */
final class Results {
    /** Below a workload's number in a position there is that of its finding. */
    private static final int BITS = 7;

    private static final long LAST = (1 << BITS) - 1;
    private static final int WINDOW = 50;
    private static final Duration PATIENCE = Duration.ofMillis(80);

    private static final List<String> TEXTS = List.of("w.name", "COALESCE(f.field, '')", "f.message");

    private final JdbcClient client;

    Results(Database database) {
        this.client = database.client();
    }

    /**
     * A page, full or not: workloads are looked at so many at a time, and not for longer than one may wait for a page.
     *
     * @param after the position after which it lies; -1 for the first
     */
    ResultPage page(Sight sight, ResultFilter filter, long after, int size) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long reached = after;
        List<Placed> found = new ArrayList<>();
        while (true) {
            List<Long> window = window(sight, filter.workloads(), reached);
            if (!window.isEmpty()) {
                found.addAll(rows(filter, window, reached, size - found.size()));
            }
            if (found.size() == size) {
                return page(found, found.getLast().position());
            }
            if (window.size() < WINDOW) {
                return page(found, -1);
            }
            reached = position(window.getLast(), LAST);
            if (System.nanoTime() > deadline) {
                return page(found, reached);
            }
        }
    }

    private static ResultPage page(List<Placed> found, long next) {
        return new ResultPage(found.stream().map(Placed::result).toList(), next < 0 ? null : Cursor.write(next));
    }

    /** The next workloads that may have any, with that within which a page ended. */
    private List<Long> window(Sight sight, WorkloadFilter filter, long reached) {
        List<Object> values = new ArrayList<>();
        String where = Workloads.ofWorkload(filter, values) + sight.condition("w.namespace", values);
        values.addFirst(workload(reached));
        return client.sql("SELECT w.id FROM workload w WHERE w.id >= ?" + where + " ORDER BY w.id LIMIT " + WINDOW)
                .params(values)
                .query((result, _) -> result.getLong(1))
                .list();
    }

    private List<Placed> rows(ResultFilter filter, List<Long> window, long reached, int size) {
        List<Object> values = new ArrayList<>(window);
        values.add(workload(reached));
        values.add(reached < 0 ? -1 : reached & LAST);
        String where = conditions(filter, values);
        return client.sql("SELECT w.cluster, w.namespace, w.kind, w.name, w.judged_at, f.* FROM workload_finding f"
                        + " JOIN workload w ON w.id = f.workload_id WHERE f.workload_id IN ("
                        + String.join(", ", Collections.nCopies(window.size(), "?"))
                        + ") AND (f.workload_id > ? OR f.number > ?)" + where
                        + " ORDER BY f.workload_id, f.number LIMIT " + size)
                .params(values)
                .query((result, _) -> placed(result))
                .list();
    }

    private static long position(long workload, long number) {
        return workload << BITS | number;
    }

    private static long workload(long position) {
        return position < 0 ? -1 : position >> BITS;
    }

    private static String conditions(ResultFilter filter, List<Object> values) {
        StringBuilder where = Workloads.ofFinding(filter.workloads(), values);
        where.append(filter.exempt() ? " AND f.exemption IS NOT NULL" : " AND f.exemption IS NULL");
        String text = filter.text();
        if (text != null) {
            where.append(TEXTS.stream()
                    .map(column -> "LOWER(" + column + ") LIKE ? ESCAPE '!'")
                    .collect(Collectors.joining(" OR ", " AND (", ")")));
            values.addAll(Collections.nCopies(TEXTS.size(), Conditions.pattern(text)));
        }
        return where.toString();
    }

    private record Placed(long position, WorkloadResult result) {}

    private static Placed placed(ResultSet row) throws SQLException {
        WorkloadFinding finding = FindingRows.read(row);
        WorkloadResult result = new WorkloadResult(
                row.getString("cluster"),
                row.getString("namespace"),
                row.getString("kind"),
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("judged_at")),
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
                finding.exemption());
        return new Placed(position(row.getLong("workload_id"), row.getInt("number")), result);
    }

    /** What each check speaks against now, leave aside. */
    Map<String, CheckFailures> failing(Sight sight) {
        List<Object> values = new ArrayList<>();
        return client
                .sql("SELECT check_id, COUNT(DISTINCT workload_id), MIN(message) FROM workload_finding"
                        + " WHERE exemption IS NULL" + ofWorkloads(sight, values) + " GROUP BY check_id")
                .params(values)
                .query((result, _) ->
                        Map.entry(result.getString(1), new CheckFailures(result.getLong(2), result.getString(3))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** How many workloads each exemption gives leave to now, by namespace and name. */
    Map<String, Long> exempted(Sight sight) {
        List<Object> values = new ArrayList<>();
        return client
                .sql("SELECT exemption, COUNT(DISTINCT workload_id) FROM workload_finding WHERE exemption IS NOT NULL"
                        + ofWorkloads(sight, values) + " GROUP BY exemption")
                .params(values)
                .query((result, _) -> Map.entry(result.getString(1), result.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String ofWorkloads(Sight sight, List<Object> values) {
        String condition = sight.condition("w.namespace", values);
        return condition.isEmpty()
                ? ""
                : " AND EXISTS (SELECT 1 FROM workload w WHERE w.id = workload_id" + condition + ")";
    }
}
