package dev.portcullis.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts how what runs stands as a whole. */
final class Summaries {
    private final JdbcClient client;

    Summaries(Database database) {
        this.client = database.client();
    }

    /** How things stand as a whole. */
    WorkloadSummary summary(Sight sight, @Nullable String cluster, @Nullable String namespace) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder();
        Workloads.add(" AND w.cluster = ?", cluster, where, values);
        Workloads.add(" AND w.namespace = ?", namespace, where, values);
        where.append(sight.condition("w.namespace", values));
        return new WorkloadSummary(
                places(where.toString(), values),
                tallies(where.toString(), values).totals());
    }

    private List<WorkloadSummary.Place> places(String where, List<Object> values) {
        return client.sql("SELECT w.cluster, w.namespace, COUNT(*),"
                        + " COALESCE(SUM(CASE WHEN w.enforce > 0 THEN 1 ELSE 0 END), 0),"
                        + " COALESCE(SUM(CASE WHEN w.enforce = 0 AND w.warn > 0 THEN 1 ELSE 0 END), 0) FROM workload w"
                        + " WHERE 1 = 1" + where
                        + " GROUP BY w.cluster, w.namespace ORDER BY w.cluster, w.namespace")
                .params(values)
                .query((result, _) -> new WorkloadSummary.Place(
                        result.getString(1),
                        result.getString(2),
                        result.getLong(3),
                        result.getLong(4),
                        result.getLong(5)))
                .list();
    }

    private Tallies tallies(String where, List<Object> values) {
        Tallies tallies = new Tallies();
        client.sql("SELECT w.id, w.tallies FROM workload w WHERE 1 = 1" + where)
                .params(values)
                .query(result -> {
                    tallies.add(result.getLong(1), result.getString(2));
                });
        return tallies;
    }

    /** What each check speaks against now, leave aside. */
    Map<String, CheckFailures> failing(Sight sight) {
        List<Object> values = new ArrayList<>();
        Map<String, Tallies.Check> checks =
                tallies(sight.condition("w.namespace", values), values).checks();
        Map<String, String> examples =
                examples(checks.values().stream().map(Tallies.Check::first).collect(Collectors.toSet()));
        return checks.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        check -> new CheckFailures(
                                check.getValue().workloads(), examples.getOrDefault(check.getKey(), ""))));
    }

    /** What each check says of one of these. */
    private Map<String, String> examples(Set<Long> workloads) {
        if (workloads.isEmpty()) {
            return Map.of();
        }
        return client
                .sql("SELECT check_id, message FROM workload_finding WHERE workload_id IN (:ids) AND exemption IS NULL"
                        + " ORDER BY workload_id, number")
                .param("ids", workloads)
                .query((result, _) -> Map.entry(result.getString(1), result.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one));
    }
}
