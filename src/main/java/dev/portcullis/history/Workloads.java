package dev.portcullis.history;

import dev.portcullis.policy.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What runs, as it was last looked at. */
final class Workloads {
    private static final List<String> TEXTS = List.of("w.name", "w.namespace", "w.kind");

    private final JdbcClient client;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    Workloads(Database database) {
        this.client = database.client();
        this.jdbc = database.jdbc();
        this.transactions = database.transactions();
    }

    /** Writes workloads in place of what was known of them, and forgets others. */
    void replace(String cluster, Collection<WorkloadState> states, Collection<WorkloadState.Key> gone) {
        transactions.executeWithoutResult(_ -> {
            gone.forEach(key -> remove(cluster, key));
            for (WorkloadState state : states) {
                Known before = known(state.cluster(), state.key());
                remove(state.cluster(), state.key());
                insert(state, before);
            }
        });
    }

    /** Forgets what was not judged since a moment: it is there no more. */
    void forget(String cluster, Instant before) {
        client.sql("DELETE FROM workload WHERE cluster = ? AND judged_at < ?")
                .params(cluster, before.toEpochMilli())
                .update();
    }

    private void remove(String cluster, WorkloadState.Key key) {
        client.sql("DELETE FROM workload WHERE cluster = ? AND namespace = ? AND kind = ? AND name = ?")
                .params(cluster, key.namespace(), key.kind(), key.name())
                .update();
    }

    private @Nullable Known known(String cluster, WorkloadState.Key key) {
        return known(
                        " AND w.namespace = ? AND w.kind = ? AND w.name = ?",
                        cluster,
                        key.namespace(),
                        key.kind(),
                        key.name())
                .get(key);
    }

    /** What is known of those of a cluster. */
    Map<WorkloadState.Key, Known> known(String cluster) {
        return known("", cluster);
    }

    private Map<WorkloadState.Key, Known> known(String condition, Object... values) {
        Map<WorkloadState.Key, Known> known = new HashMap<>();
        client.sql(
                        "SELECT w.namespace, w.kind, w.name, w.created_at, w.changed_at, w.found_hash, f.check_id, f.container,"
                                + " f.field, f.since FROM workload w LEFT JOIN workload_finding f ON f.workload_id = w.id"
                                + " WHERE w.cluster = ?" + condition)
                .params(values)
                .query(row -> {
                    WorkloadState.Key key = new WorkloadState.Key(
                            row.getString("namespace"), row.getString("kind"), row.getString("name"));
                    Known one = known.get(key);
                    if (one == null) {
                        one = Known.read(row);
                        known.put(key, one);
                    }
                    one.learn(row);
                });
        return known;
    }

    /**
     * What was known of one.
     *
     * @param hash of what was found; null where it is not known
     * @param since when each was first found, in milliseconds
     */
    record Known(Instant created, long changedAt, @Nullable Integer hash, Map<WorkloadFinding.Spot, Long> since) {
        private static Known read(ResultSet row) throws SQLException {
            return new Known(
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    row.getLong("changed_at"),
                    row.getObject("found_hash", Integer.class),
                    new HashMap<>());
        }

        /** Several policies may find the same. */
        private void learn(ResultSet row) throws SQLException {
            String check = row.getString("check_id");
            if (check != null) {
                since.merge(
                        new WorkloadFinding.Spot(check, row.getString("container"), row.getString("field")),
                        row.getLong("since"),
                        Math::min);
            }
        }

        private boolean isLike(WorkloadState state) {
            return hash == null || hash == state.foundHash();
        }
    }

    /**
     * Writes one that is not there.
     *
     * @param before what was known of it; null where nothing was
     */
    void insert(WorkloadState state, @Nullable Known before) {
        long changed = before != null && before.isLike(state)
                ? before.changedAt()
                : state.changedAt().toEpochMilli();
        client.sql(
                        "INSERT INTO workload (cluster, namespace, kind, name, created_at, judged_at, policies, enforce, warn,"
                                + " audit, worst, changed_at, found_hash, tallies)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        state.cluster(),
                        state.namespace(),
                        state.kind(),
                        state.name(),
                        state.createdAt().toEpochMilli(),
                        state.judgedAt().toEpochMilli(),
                        state.policies(),
                        state.count(Mode.ENFORCE),
                        state.count(Mode.WARN),
                        state.count(Mode.AUDIT),
                        state.worst(),
                        changed,
                        state.foundHash(),
                        Tallies.write(state.findings()))
                .update();
        long id = client.sql("SELECT id FROM workload WHERE cluster = ? AND namespace = ? AND kind = ? AND name = ?")
                .params(state.cluster(), state.namespace(), state.kind(), state.name())
                .query(Long.class)
                .single();
        FindingRows.insert(jdbc, id, state.findings(), before == null ? Map.of() : before.since(), state.judgedAt());
    }

    /**
     * Some of them.
     *
     * @param after the keys of the one after which they come; null for the first
     */
    List<Numbered> list(
            Sight sight, WorkloadFilter filter, WorkloadOrder order, @Nullable List<Object> after, int most) {
        Keyset keyset = order.keyset();
        List<Object> values = new ArrayList<>();
        String where = where(filter, values) + sight.condition("w.namespace", values);
        Map<Long, WorkloadState> found = new LinkedHashMap<>();
        Map<Long, List<Object>> keys = new HashMap<>();
        for (Keyset.Range range : keyset.after(after)) {
            client.sql("SELECT * FROM workload w WHERE 1 = 1" + where + range.condition() + " ORDER BY "
                            + keyset.clause() + " LIMIT " + (most - found.size()))
                    .params(values)
                    .params(range.values())
                    .query((result, _) -> {
                        keys.put(result.getLong("id"), keyset.keys(result));
                        return found.put(result.getLong("id"), read(result));
                    })
                    .list();
        }
        return findings(found).stream()
                .map(each -> new Numbered(
                        each.id(), narrowed(each.state(), filter.within()), keys.getOrDefault(each.id(), List.of())))
                .toList();
    }

    private static String where(WorkloadFilter filter, List<Object> values) {
        StringBuilder where = ofWorkload(filter, values);
        List<Object> ofFinding = new ArrayList<>();
        StringBuilder finding = ofFinding(filter, ofFinding);
        if (!ofFinding.isEmpty()) {
            where.append(
                            " AND EXISTS (SELECT 1 FROM workload_finding f WHERE f.workload_id = w.id AND f.exemption IS NULL")
                    .append(finding)
                    .append(")");
            values.addAll(ofFinding);
        }
        return where.toString();
    }

    /** Conditions on a workload {@code w}, each after AND. */
    static StringBuilder ofWorkload(WorkloadFilter filter, List<Object> values) {
        StringBuilder where = new StringBuilder();
        add(" AND w.cluster = ?", filter.cluster(), where, values);
        add(" AND w.namespace = ?", filter.namespace(), where, values);
        add(" AND w.kind = ?", filter.kind(), where, values);
        add(" AND w.name = ?", filter.name(), where, values);
        if (filter.text() != null) {
            where.append(Conditions.contains(TEXTS, filter.text(), values));
        }
        return where.append(filter.within().ofWorkload(values));
    }

    /** Conditions on one of its findings {@code f}, each after AND. */
    static StringBuilder ofFinding(WorkloadFilter filter, List<Object> values) {
        StringBuilder where = new StringBuilder();
        add(" AND f.check_id = ?", filter.check(), where, values);
        add(
                " AND f.severity = ?",
                filter.severity() == null ? null : filter.severity().id(),
                where,
                values);
        add(" AND f.mode = ?", filter.mode() == null ? null : filter.mode().id(), where, values);
        return where.append(filter.within().ofFinding(values));
    }

    static void add(String condition, @Nullable String value, StringBuilder where, List<Object> values) {
        if (value != null) {
            where.append(condition);
            values.add(value);
        }
    }

    /** Those that were made while nobody could decide, the latest first. */
    List<Numbered> madeIn(Sight sight, Instant began, Instant ended, int most) {
        List<Object> values = new ArrayList<>(List.of(began.toEpochMilli(), ended.toEpochMilli()));
        Map<Long, WorkloadState> found = new LinkedHashMap<>();
        client.sql("SELECT * FROM workload WHERE created_at >= ? AND created_at < ?"
                        + sight.condition("namespace", values) + " ORDER BY created_at DESC, id LIMIT " + most)
                .params(values)
                .query((result, _) -> found.put(result.getLong("id"), read(result)))
                .list();
        return findings(found);
    }

    /** Reads what was found of all of them at once. */
    private List<Numbered> findings(Map<Long, WorkloadState> workloads) {
        if (workloads.isEmpty()) {
            return List.of();
        }
        Set<Long> ids = workloads.keySet();
        Map<Long, List<WorkloadFinding>> found = client
                .sql("SELECT * FROM workload_finding WHERE workload_id IN (:ids) ORDER BY workload_id, number")
                .param("ids", ids)
                .query((result, _) -> Map.entry(result.getLong("workload_id"), FindingRows.read(result)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return workloads.entrySet().stream()
                .map(workload -> new Numbered(
                        workload.getKey(),
                        with(workload.getValue(), found.getOrDefault(workload.getKey(), List.of())),
                        List.of()))
                .toList();
    }

    private static WorkloadState narrowed(WorkloadState state, Scope within) {
        return with(
                state,
                state.findings().stream()
                        .filter(finding -> within.counts(finding.check(), finding.severity()))
                        .toList());
    }

    private static WorkloadState with(WorkloadState state, List<WorkloadFinding> findings) {
        return new WorkloadState(
                state.cluster(),
                state.namespace(),
                state.kind(),
                state.name(),
                state.createdAt(),
                state.judgedAt(),
                state.changedAt(),
                state.policies(),
                findings);
    }

    private static WorkloadState read(ResultSet result) throws SQLException {
        return new WorkloadState(
                result.getString("cluster"),
                result.getString("namespace"),
                result.getString("kind"),
                result.getString("name"),
                Instant.ofEpochMilli(result.getLong("created_at")),
                Instant.ofEpochMilli(result.getLong("judged_at")),
                Instant.ofEpochMilli(result.getLong("changed_at")),
                result.getString("policies"),
                List.of());
    }

    /** One with its number, and the keys by which the next are asked for. */
    record Numbered(long id, WorkloadState state, List<Object> keys) {}
}
