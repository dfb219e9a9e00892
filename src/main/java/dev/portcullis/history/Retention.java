package dev.portcullis.history;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the oldest: always the first rows of the log, so that the rest is a chain still, which begins with the hash of the
 * last row that went.
 */
final class Retention {
    /** Rows that are removed at once: the log is locked for so long. */
    private static final int STEP = 1_000;

    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final Settings limits;
    private final AuditLog audit;

    Retention(Database database, Settings limits) {
        this.client = database.client();
        this.transactions = database.transactions();
        this.limits = limits;
        this.audit = new AuditLog(database);
    }

    /**
     * Removes a few of the oldest.
     *
     * @return whether there may be more to remove
     */
    boolean step(Instant now) {
        return Boolean.TRUE.equals(transactions.execute(_ -> removeBodies() || removeRows(now)));
    }

    private boolean removeBodies() {
        State state = state();
        if (state.bodyBytes() <= limits.bodyBytes()) {
            return false;
        }
        long upTo = Math.min(state.firstBody() + STEP - 1, state.lastSeq());
        long bytes = client.sql(
                        "SELECT COALESCE(SUM(OCTET_LENGTH(content)), 0) FROM decision_body WHERE seq BETWEEN ? AND ?")
                .params(state.firstBody(), upTo)
                .query(Long.class)
                .single();
        client.sql("DELETE FROM decision_body WHERE seq BETWEEN ? AND ?")
                .params(state.firstBody(), upTo)
                .update();
        client.sql("UPDATE decision_log SET first_body = ?, body_bytes = body_bytes - ? WHERE id = 1")
                .params(upTo + 1, bytes)
                .update();
        return upTo < state.lastSeq() && state.bodyBytes() - bytes > limits.bodyBytes();
    }

    private boolean removeRows(Instant now) {
        State state = state();
        long youngest = Position.from(now.minus(limits.age()));
        long excess = state.bytes() - limits.bytes();
        List<Old> oldest = client.sql("SELECT seq, position, hash, source, uid, username, name, message, findings"
                        + " FROM decision WHERE seq >= ? ORDER BY seq LIMIT " + STEP)
                .param(state.firstSeq())
                .query((result, _) -> new Old(
                        result.getLong("seq"),
                        result.getLong("position"),
                        result.getBytes("hash"),
                        Row.bytes(
                                result.getString("findings"),
                                result.getString("message"),
                                result.getString("uid"),
                                result.getString("username"),
                                result.getString("name"))))
                .list();
        long removed = 0;
        Old last = null;
        for (Old old : oldest) {
            if (old.position() >= youngest && removed >= excess) {
                break;
            }
            removed += old.bytes();
            last = old;
        }
        if (last == null) {
            return false;
        }
        remove(state, last, removed);
        return oldest.size() == STEP && last.equals(oldest.getLast());
    }

    private void remove(State state, Old last, long bytes) {
        long bodies = client.sql("SELECT COALESCE(SUM(OCTET_LENGTH(content)), 0) FROM decision_body WHERE seq <= ?")
                .param(last.seq())
                .query(Long.class)
                .single();
        for (String table : List.of("decision_body", "decision_check", "decision_exemption", "decision")) {
            client.sql("DELETE FROM " + table + " WHERE seq BETWEEN ? AND ?")
                    .params(state.firstSeq(), last.seq())
                    .update();
        }
        client.sql("UPDATE decision_log SET first_seq = ?, first_hash = ?, rows_bytes = rows_bytes - ?,"
                        + " first_body = CASE WHEN first_body > ? THEN first_body ELSE ? END,"
                        + " body_bytes = body_bytes - ?, counted_seq = CASE WHEN counted_seq > ? THEN counted_seq ELSE ? END"
                        + " WHERE id = 1")
                .params(last.seq() + 1, last.hash(), bytes, last.seq(), last.seq() + 1, bodies, last.seq(), last.seq())
                .update();
    }

    /** Removes counts, ended denials and what was done at the console that are older than any decision that is kept. */
    void forget(Instant now) {
        long before = now.minus(limits.age()).toEpochMilli();
        client.sql("DELETE FROM hourly_outcome WHERE begins_at < ?")
                .param(Hourly.of(before))
                .update();
        client.sql("DELETE FROM hourly_check WHERE begins_at < ?")
                .param(Hourly.of(before))
                .update();
        client.sql("DELETE FROM posture WHERE begins_at < ?")
                .param(Hourly.of(before))
                .update();
        client.sql("DELETE FROM outage WHERE ended < ?").param(before).update();
        client.sql("DELETE FROM denial WHERE last_seen < ?").param(before).update();
        audit.forget(before);
    }

    private State state() {
        return client.sql(
                        "SELECT first_seq, last_seq, rows_bytes, first_body, body_bytes FROM decision_log WHERE id = 1"
                                + " FOR UPDATE")
                .query((result, _) -> new State(
                        result.getLong(1), result.getLong(2), result.getLong(3), result.getLong(4), result.getLong(5)))
                .single();
    }

    private record State(long firstSeq, long lastSeq, long bytes, long firstBody, long bodyBytes) {}

    @SuppressWarnings("ArrayRecordComponent") // handed on without a copy
    private record Old(long seq, long position, byte[] hash, long bytes) {}
}
