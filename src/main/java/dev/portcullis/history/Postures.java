package dev.portcullis.history;

import dev.portcullis.check.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down how what runs stands, hour by hour, and tells of it. */
final class Postures {
    /** The most namespaces that have a row of their own in an hour, the largest; the others have one together. */
    static final int MOST_NAMESPACES = 1_000;

    /** For so many days every hour is kept, and of those before the last. */
    static final int HOURLY_DAYS = 8;

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String COUNTS = "workloads, violating, warned, critical, high, medium, low";
    private static final int NUMBERS = 7;
    private static final int FIRST_SEVERITY = 3;
    private static final List<String> SEVERITIES = Stream.of(
                    Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)
            .map(Severity::id)
            .toList();

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transactions;

    Postures(Database database) {
        this.jdbc = database.jdbc();
        this.client = database.client();
        this.transactions = database.transactions();
    }

    private record Key(String cluster, String namespace) {
        static final Key OTHERS = new Key("", "");
    }

    /**
     * Writes how things stand now in place of what was written in the same hour.
     *
     * @return false where nothing is known to run, so that nothing was written
     */
    boolean keep(Instant now) {
        Map<Key, long[]> counts = largest(counted());
        if (counts.isEmpty()) {
            return false;
        }
        long hour = Hourly.of(now.toEpochMilli());
        boolean first = Boolean.TRUE.equals(transactions.execute(_ -> write(hour, counts)));
        if (first) {
            thin(now);
        }
        return true;
    }

    private Map<Key, long[]> counted() {
        Map<Key, long[]> counts = new LinkedHashMap<>();
        client.sql("SELECT cluster, namespace, COUNT(*), COALESCE(SUM(CASE WHEN enforce > 0 THEN 1 ELSE 0 END), 0),"
                        + " COALESCE(SUM(CASE WHEN enforce = 0 AND warn > 0 THEN 1 ELSE 0 END), 0) FROM workload"
                        + " GROUP BY cluster, namespace")
                .query((result, _) -> counts.put(
                        new Key(result.getString(1), result.getString(2)),
                        new long[] {result.getLong(3), result.getLong(4), result.getLong(5), 0, 0, 0, 0}))
                .list();
        client.sql("SELECT w.cluster, w.namespace, f.severity, COUNT(*) FROM workload_finding f"
                        + " JOIN workload w ON w.id = f.workload_id WHERE f.exemption IS NULL"
                        + " GROUP BY w.cluster, w.namespace, f.severity")
                .query((result, _) -> {
                    long[] of = counts.get(new Key(result.getString(1), result.getString(2)));
                    int severity = SEVERITIES.indexOf(result.getString(3));
                    if (of != null && severity >= 0) {
                        of[FIRST_SEVERITY + severity] = result.getLong(4);
                    }
                    return severity;
                })
                .list();
        return counts;
    }

    private static Map<Key, long[]> largest(Map<Key, long[]> all) {
        if (all.size() <= MOST_NAMESPACES) {
            return all;
        }
        Map<Key, long[]> kept = new LinkedHashMap<>();
        all.entrySet().stream()
                .sorted(Comparator.comparingLong(each -> -each.getValue()[0]))
                .forEach(each -> kept.merge(
                        kept.size() < MOST_NAMESPACES - 1 ? each.getKey() : Key.OTHERS,
                        each.getValue(),
                        Postures::sum));
        return kept;
    }

    private static long[] sum(long[] left, long[] right) {
        long[] sum = left.clone();
        for (int i = 0; i < NUMBERS; i++) {
            sum[i] += right[i];
        }
        return sum;
    }

    /** Whether it is the first of its hour. */
    private boolean write(long hour, Map<Key, long[]> counts) {
        // Of several processes one writes at a time.
        client.sql("SELECT counted_seq FROM decision_log WHERE id = 1 FOR UPDATE")
                .query(Long.class)
                .single();
        int before = client.sql("DELETE FROM posture WHERE begins_at = ?")
                .param(hour)
                .update();
        jdbc.batchUpdate(
                "INSERT INTO posture (begins_at, cluster, namespace, " + COUNTS + ") VALUES (?, ?, ?, "
                        + String.join(", ", Collections.nCopies(NUMBERS, "?")) + ")",
                counts.entrySet().stream()
                        .map(each -> values(hour, each.getKey(), each.getValue()))
                        .toList());
        return before == 0;
    }

    private static Object[] values(long hour, Key key, long[] counts) {
        List<Object> values = new ArrayList<>(List.of(hour, key.cluster(), key.namespace()));
        for (long count : counts) {
            values.add(count);
        }
        return values.toArray();
    }

    /** Of each day that is past for long the last hour stays. */
    private void thin(Instant now) {
        long before = Math.floorDiv(now.toEpochMilli(), DAY) * DAY - (HOURLY_DAYS - 1) * DAY;
        List<Long> hours = client.sql("SELECT DISTINCT begins_at FROM posture WHERE begins_at < ? ORDER BY begins_at")
                .param(before)
                .query((result, _) -> result.getLong(1))
                .list();
        for (int i = 0; i + 1 < hours.size(); i++) {
            if (hours.get(i) / DAY == hours.get(i + 1) / DAY) {
                client.sql("DELETE FROM posture WHERE begins_at = ?")
                        .param(hours.get(i))
                        .update();
            }
        }
    }

    /** How things stood, as far as somebody sees. */
    Posture of(Sight sight, Instant from, Instant to, @Nullable String cluster, @Nullable String namespace) {
        List<Object> values = new ArrayList<>();
        String where = Trends.where(sight, from, to, cluster, namespace, values);
        return new Posture(client.sql("SELECT begins_at, SUM(workloads), SUM(violating), SUM(warned), SUM(critical),"
                        + " SUM(high), SUM(medium), SUM(low) FROM posture" + where
                        + " GROUP BY begins_at ORDER BY begins_at")
                .params(values)
                .query((result, _) -> new Posture.Point(
                        Instant.ofEpochMilli(result.getLong(1)),
                        result.getLong(2),
                        result.getLong(3),
                        result.getLong(4),
                        result.getLong(5),
                        result.getLong(6),
                        result.getLong(7),
                        result.getLong(8)))
                .list());
    }
}
