package dev.portcullis.history;

import java.sql.ResultSet;
import java.sql.SQLException;
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

    private static final List<String> TEXTS = List.of("w.name", "COALESCE(f.field, '')", "f.message");

    private final JdbcClient client;

    Results(Database database) {
        this.client = database.client();
    }

    /**
     * A page.
     *
     * @param after the position after which it lies; -1 for the first
     */
    ResultPage page(Sight sight, ResultFilter filter, long after, int size) {
        long workload = after < 0 ? -1 : after >> BITS;
        long number = after < 0 ? -1 : after & ((1 << BITS) - 1);
        List<Object> values = new ArrayList<>(List.of(workload, workload, number));
        String where = conditions(filter, values) + sight.condition("w.namespace", values);
        List<Placed> found = client.sql("SELECT w.cluster, w.namespace, w.kind, w.name, w.judged_at, f.* FROM"
                        + " workload_finding f JOIN workload w ON w.id = f.workload_id WHERE f.workload_id >= ?"
                        + " AND (f.workload_id > ? OR f.number > ?)" + where
                        + " ORDER BY f.workload_id, f.number LIMIT " + size)
                .params(values)
                .query((result, _) -> placed(result))
                .list();
        String next = found.size() == size ? Cursor.write(found.getLast().position()) : null;
        return new ResultPage(found.stream().map(Placed::result).toList(), next);
    }

    private static String conditions(ResultFilter filter, List<Object> values) {
        StringBuilder where = Workloads.ofWorkload(filter.workloads(), values);
        where.append(Workloads.ofFinding(filter.workloads(), values));
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
        return new Placed(row.getLong("workload_id") << BITS | row.getInt("number"), result);
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
