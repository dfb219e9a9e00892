package dev.portcullis.history;

import dev.portcullis.policy.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts how what runs stands as a whole. */
final class Summaries {
    private static final Comparator<WorkloadSummary.Place> BY_NAME =
            Comparator.comparing(WorkloadSummary.Place::cluster).thenComparing(WorkloadSummary.Place::namespace);

    private final JdbcClient client;

    Summaries(Database database) {
        this.client = database.client();
    }

    /** How things stand in what a view is narrowed to. */
    WorkloadSummary summary(Sight sight, @Nullable String cluster, @Nullable String namespace, Scope within) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder();
        Workloads.add(" AND w.cluster = ?", cluster, where, values);
        Workloads.add(" AND w.namespace = ?", namespace, where, values);
        where.append(within.ofWorkload(values)).append(sight.condition("w.namespace", values));
        Map<List<String>, WorkloadSummary.Place> places = new HashMap<>();
        Tallies tallies = tallies(where.toString(), values, within, (row, modes) -> {
            WorkloadSummary.Place place = place(row, modes);
            places.merge(List.of(place.cluster(), place.namespace()), place, Summaries::sum);
        });
        return new WorkloadSummary(places.values().stream().sorted(BY_NAME).toList(), tallies.totals());
    }

    private static WorkloadSummary.Place place(ResultSet row, Set<String> modes) throws SQLException {
        boolean violates = modes.contains(Mode.ENFORCE.id());
        boolean warns = !violates && modes.contains(Mode.WARN.id());
        return new WorkloadSummary.Place(
                row.getString("cluster"), row.getString("namespace"), 1, violates ? 1 : 0, warns ? 1 : 0);
    }

    private static WorkloadSummary.Place sum(WorkloadSummary.Place one, WorkloadSummary.Place other) {
        return new WorkloadSummary.Place(
                one.cluster(),
                one.namespace(),
                one.workloads() + other.workloads(),
                one.violating() + other.violating(),
                one.warned() + other.warned());
    }

    private interface Each {
        /** @param modes those in which something speaks against it */
        void take(ResultSet workload, Set<String> modes) throws SQLException;
    }

    /** Of all these workloads, each of which is handed on too. */
    private Tallies tallies(String where, List<Object> values, Scope within, Each each) {
        Tallies tallies = new Tallies(within);
        client.sql("SELECT w.id, w.tallies, w.cluster, w.namespace FROM workload w WHERE 1 = 1" + where)
                .params(values)
                .query(row -> {
                    each.take(row, tallies.add(row.getLong("id"), row.getString("tallies")));
                });
        return tallies;
    }

    /** What each check speaks against now, leave aside. */
    Map<String, CheckFailures> failing(Sight sight) {
        List<Object> values = new ArrayList<>();
        Map<String, Tallies.Check> checks = tallies(
                        sight.condition("w.namespace", values), values, Scope.ALL, (_, _) -> {})
                .checks();
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
