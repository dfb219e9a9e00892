package dev.portcullis.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps count of outcomes and checks by the hour, for trends that need not read the log. */
final class Hourly {
    private static final long MILLIS = 3_600_000;

    private static final String OUTCOME = """
            MERGE INTO hourly_outcome AS known USING (VALUES
              (CAST(? AS BIGINT), CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS BIGINT)))
              AS more (begins_at, cluster, namespace, outcome, times)
            ON known.begins_at = more.begins_at AND known.cluster = more.cluster AND known.namespace = more.namespace
              AND known.outcome = more.outcome
            WHEN MATCHED THEN UPDATE SET times = known.times + more.times
            WHEN NOT MATCHED THEN INSERT (begins_at, cluster, namespace, outcome, times)
              VALUES (more.begins_at, more.cluster, more.namespace, more.outcome, more.times)""";

    private static final String CHECK = """
            MERGE INTO hourly_check AS known USING (VALUES
              (CAST(? AS BIGINT), CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS VARCHAR),
               CAST(? AS BIGINT)))
              AS more (begins_at, cluster, namespace, check_id, mode, times)
            ON known.begins_at = more.begins_at AND known.cluster = more.cluster AND known.namespace = more.namespace
              AND known.check_id = more.check_id AND known.mode = more.mode
            WHEN MATCHED THEN UPDATE SET times = known.times + more.times
            WHEN NOT MATCHED THEN INSERT (begins_at, cluster, namespace, check_id, mode, times)
              VALUES (more.begins_at, more.cluster, more.namespace, more.check_id, more.mode, more.times)""";

    /** Rows that are counted at once: the log is locked for so long. */
    private static final int STEP = 2_000;

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transactions;

    Hourly(Database database) {
        this.jdbc = database.jdbc();
        this.client = database.client();
        this.transactions = database.transactions();
    }

    /** The hour that a moment is in, as its first millisecond. */
    static long of(long epochMillis) {
        return Math.floorDiv(epochMillis, MILLIS) * MILLIS;
    }

    /**
     * Counts a few of the rows that are not counted yet.
     *
     * @return whether there may be more
     */
    boolean step() {
        return Boolean.TRUE.equals(transactions.execute(_ -> count()));
    }

    private boolean count() {
        long counted = client.sql("SELECT counted_seq FROM decision_log WHERE id = 1 FOR UPDATE")
                .query(Long.class)
                .single();
        List<Row> rows = client.sql(
                        "SELECT " + Rows.COLUMNS + " FROM decision WHERE seq > ? ORDER BY seq LIMIT " + STEP)
                .param(counted)
                .query(Rows::read)
                .list();
        if (rows.isEmpty()) {
            return false;
        }
        add(rows);
        client.sql("UPDATE decision_log SET counted_seq = ? WHERE id = 1")
                .param(rows.getLast().seq())
                .update();
        return rows.size() == STEP;
    }

    private void add(List<Row> rows) {
        Map<List<Object>, Long> outcomes = new LinkedHashMap<>();
        Map<List<Object>, Long> checks = new LinkedHashMap<>();
        for (Row row : rows) {
            long hour = of(Position.at(row.position()).toEpochMilli());
            String namespace = row.namespace() == null ? "" : row.namespace();
            outcomes.merge(List.of(hour, row.cluster(), namespace, row.outcome()), 1L, Long::sum);
            row.decision().findings().stream()
                    .filter(RecordedFinding::counts)
                    .map(finding -> List.<Object>of(hour, row.cluster(), namespace, finding.check(), finding.mode()))
                    .distinct()
                    .forEach(key -> checks.merge(key, 1L, Long::sum));
        }
        add(OUTCOME, outcomes);
        add(CHECK, checks);
    }

    private void add(String merge, Map<List<Object>, Long> counts) {
        List<Object[]> values = counts.entrySet().stream()
                .map(count -> Stream.concat(count.getKey().stream(), Stream.of(count.getValue()))
                        .toArray())
                .toList();
        jdbc.batchUpdate(merge, values);
    }
}
