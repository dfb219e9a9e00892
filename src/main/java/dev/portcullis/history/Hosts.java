package dev.portcullis.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Docker hosts, each as it last told of itself; its containers are workloads of a cluster of its name. */
public final class Hosts {
    /** The most hosts that are kept. */
    public static final int MOST = 1_000;

    /** After which a host that is silent is forgotten. */
    public static final Duration LONGEST_SILENCE = Duration.ofDays(30);

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<WorkloadFinding>> FINDINGS = new TypeReference<>() {};

    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final Workloads workloads;
    private final int most;

    Hosts(Database database, int most) {
        this.client = database.client();
        this.transactions = database.transactions();
        this.workloads = new Workloads(database);
        this.most = most;
    }

    /** What becomes of a report. */
    public enum Outcome {
        /** It is kept in place of the one before. */
        KEPT,
        /** There are {@link #MOST} other hosts. */
        FULL,
        /** A cluster, which is none of the hosts, has that name. */
        TAKEN
    }

    /** Keeps a report in place of the one before of the same host. */
    Outcome keep(HostReport report, Instant now) {
        Outcome outcome = transactions.execute(_ -> {
            forget(now.minus(LONGEST_SILENCE));
            return keepNow(report, Kept.text(report.host()), now);
        });
        return outcome == null ? Outcome.FULL : outcome;
    }

    private void forget(Instant before) {
        long silent = before.toEpochMilli();
        client.sql("DELETE FROM workload WHERE cluster IN (SELECT name FROM host WHERE reported_at < ?)")
                .param(silent)
                .update();
        client.sql("DELETE FROM host WHERE reported_at < ?").param(silent).update();
    }

    private Outcome keepNow(HostReport report, String host, Instant now) {
        boolean known =
                client.sql("DELETE FROM host WHERE name = ?").param(host).update() > 0;
        if (!known && count("SELECT COUNT(*) FROM host") >= most) {
            return Outcome.FULL;
        }
        Map<WorkloadState.Key, Workloads.Known> before = workloads.known(host);
        if (!known && !before.isEmpty()) {
            return Outcome.TAKEN;
        }
        client.sql("DELETE FROM workload WHERE cluster = ?").param(host).update();
        for (HostReport.Container container : report.containers()) {
            String name = Kept.text(container.name());
            Workloads.Known earlier = before.get(new WorkloadState.Key("", "Container", name));
            Instant made = earlier == null ? now : earlier.created();
            workloads.insert(
                    new WorkloadState(host, "", "Container", name, made, now, report.policies(), container.findings()),
                    earlier);
        }
        client.sql("INSERT INTO host (name, reported_at, policies, omitted, engine) VALUES (?, ?, ?, ?, ?)")
                .params(
                        host,
                        now.toEpochMilli(),
                        Kept.text(report.policies(), 1024),
                        report.omitted(),
                        Kept.text(JSON.writeValueAsString(report.engine()), Integer.MAX_VALUE))
                .update();
        return Outcome.KEPT;
    }

    private long count(String sql) {
        return client.sql(sql).query(Long.class).single();
    }

    /**
     * Some of them, by name.
     *
     * @param after the name after which they come
     */
    List<Host> list(String after, int size) {
        return client.sql("SELECT h.name, h.reported_at, h.policies, h.omitted, h.engine,"
                        + " (SELECT COUNT(*) FROM workload w WHERE w.cluster = h.name) AS containers,"
                        + " (SELECT COUNT(*) FROM workload w WHERE w.cluster = h.name AND w.enforce > 0) AS violating,"
                        + " (SELECT COUNT(*) FROM workload w WHERE w.cluster = h.name AND w.enforce = 0 AND w.warn > 0)"
                        + " AS warned FROM host h WHERE h.name > ? ORDER BY h.name LIMIT " + size)
                .param(after)
                .query((result, _) -> host(result))
                .list();
    }

    private static Host host(ResultSet row) throws SQLException {
        return new Host(
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("reported_at")),
                row.getString("policies"),
                row.getLong("containers"),
                row.getInt("omitted"),
                row.getLong("violating"),
                row.getLong("warned"),
                JSON.readValue(row.getString("engine"), FINDINGS));
    }
}
