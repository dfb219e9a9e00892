package dev.portcullis.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gates, as each last told of itself. */
final class Gates {
    /** Of more, those are forgotten that were not heard of for longest. */
    static final int MOST = 200;

    /** After so long a gate that says nothing is forgotten. */
    static final Duration MEMORY = Duration.ofMinutes(15);

    private static final String COLUMNS = "started_at, heard_at, version, policies, certificate_ends, decisions,"
            + " p50_micros, p99_micros, waiting, lost, cluster, instance";

    private final JdbcClient client;

    Gates(Database database) {
        this.client = database.client();
    }

    /** Keeps what one says in place of what it said before. */
    void hear(GateState state, Instant started, Instant now) {
        if (state.leaving()) {
            client.sql("DELETE FROM gate WHERE cluster = ? AND instance = ?")
                    .params(state.cluster(), state.instance())
                    .update();
            return;
        }
        boolean known = write(
                        "UPDATE gate SET started_at = ?, heard_at = ?, version = ?, policies = ?, certificate_ends = ?,"
                                + " decisions = ?, p50_micros = ?, p99_micros = ?, waiting = ?, lost = ?"
                                + " WHERE cluster = ? AND instance = ?",
                        state,
                        started,
                        now)
                > 0;
        if (!known) {
            makeRoom();
            write(
                    "INSERT INTO gate (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    state,
                    started,
                    now);
        }
    }

    private int write(String sql, GateState state, Instant started, Instant now) {
        return client.sql(sql)
                .param(started.toEpochMilli())
                .param(now.toEpochMilli())
                .param(state.version())
                .param(state.policies())
                .param(millis(state.certificateEnds()))
                .param(state.decisions())
                .param(state.p50Micros())
                .param(state.p99Micros())
                .param(state.waiting())
                .param(state.lost())
                .param(state.cluster())
                .param(state.instance())
                .update();
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : (Long) at.toEpochMilli();
    }

    private void makeRoom() {
        if (client.sql("SELECT COUNT(*) FROM gate").query(Long.class).single() >= MOST) {
            client.sql("DELETE FROM gate WHERE heard_at = (SELECT MIN(heard_at) FROM gate)")
                    .update();
        }
    }

    /** Forgets those that say nothing any more. */
    void forget(Instant now) {
        client.sql("DELETE FROM gate WHERE heard_at < ?")
                .param(now.minus(MEMORY).toEpochMilli())
                .update();
    }

    /** All of them, by name. */
    List<Gate> list() {
        return client.sql("SELECT " + COLUMNS + " FROM gate ORDER BY cluster, instance LIMIT " + MOST)
                .query((result, _) -> read(result))
                .list();
    }

    private static Gate read(ResultSet row) throws SQLException {
        Long ends = row.getObject("certificate_ends", Long.class);
        GateState state = new GateState(
                row.getString("cluster"),
                row.getString("instance"),
                row.getString("version"),
                row.getString("policies"),
                ends == null ? null : Instant.ofEpochMilli(ends),
                row.getLong("decisions"),
                row.getObject("p50_micros", Long.class),
                row.getObject("p99_micros", Long.class),
                row.getLong("waiting"),
                row.getLong("lost"),
                false);
        return new Gate(
                state, Instant.ofEpochMilli(row.getLong("started_at")), Instant.ofEpochMilli(row.getLong("heard_at")));
    }
}
