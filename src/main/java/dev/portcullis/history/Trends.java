package dev.portcullis.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the counts by the hour; they are a few seconds behind the log. */
final class Trends {
    private static final int MOST_CHECKS = 100;
    private static final String TIMES = "COALESCE(SUM(CASE WHEN outcome = '%s' THEN times END), 0)";

    private final JdbcClient client;

    Trends(Database database) {
        this.client = database.client();
    }

    Trend of(Sight sight, Instant from, Instant to, @Nullable String cluster, @Nullable String namespace) {
        List<Object> values = new ArrayList<>();
        String where = where(sight, from, to, cluster, namespace, values);
        List<Trend.Hour> hours = client.sql("SELECT begins_at, " + TIMES.formatted("allow") + ", "
                        + TIMES.formatted("warn") + ", " + TIMES.formatted("deny") + " FROM hourly_outcome" + where
                        + " GROUP BY begins_at ORDER BY begins_at")
                .params(values)
                .query((result, _) -> new Trend.Hour(
                        Instant.ofEpochMilli(result.getLong(1)),
                        result.getLong(2),
                        result.getLong(3),
                        result.getLong(4)))
                .list();
        List<Trend.CheckCount> checks = client.sql("SELECT check_id, mode, SUM(times) AS total FROM hourly_check"
                        + where + " GROUP BY check_id, mode ORDER BY total DESC, check_id, mode LIMIT " + MOST_CHECKS)
                .params(values)
                .query((result, _) -> new Trend.CheckCount(result.getString(1), result.getString(2), result.getLong(3)))
                .list();
        return new Trend(hours, checks);
    }

    /** The condition on rows of hours, from WHERE on. */
    static String where(
            Sight sight,
            Instant from,
            Instant to,
            @Nullable String cluster,
            @Nullable String namespace,
            List<Object> values) {
        StringBuilder where = new StringBuilder(" WHERE begins_at >= ? AND begins_at < ?");
        values.addAll(List.of(Hourly.of(from.toEpochMilli()), to.toEpochMilli()));
        if (cluster != null) {
            where.append(" AND cluster = ?");
            values.add(cluster);
        }
        if (namespace != null) {
            where.append(" AND namespace = ?");
            values.add(namespace);
        }
        return where.append(sight.condition("namespace", values)).toString();
    }
}
