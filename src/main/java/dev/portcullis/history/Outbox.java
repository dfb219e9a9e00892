package dev.portcullis.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The history as notifications are sent from it. The log itself is what waits to be sent: each target has its place in it, kept
 * beside it, so that nothing waits in memory, nothing is told twice after a restart, and one process at a time sends.
 */
public final class Outbox {
    /** The most subjects for which is known when a target was told of them; the oldest are forgotten. */
    public static final int MOST_SUBJECTS = 10_000;

    private static final int MOST_COUNTS = 10_000;
    private static final int AT_ONCE = 500;
    private static final int MOST_OWNERS = 1_000;
    private static final int LONGEST_FAILURE = 512;
    private static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";

    private static final String TELL = """
            MERGE INTO notified_subject AS known USING (VALUES (CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS BIGINT)))
              AS more (target, subject, at)
            ON known.target = more.target AND known.subject = more.subject
            WHEN MATCHED THEN UPDATE SET at = more.at
            WHEN NOT MATCHED THEN INSERT (target, subject, at) VALUES (more.target, more.subject, more.at)""";

    private final History history;

    Outbox(History history) {
        this.history = history;
    }

    /**
     * Takes the right to send, or keeps it; by the database's clock, which all processes share.
     *
     * @param holder what tells this process from others
     * @param lease after which another may take it
     * @return whether this process has it now
     */
    public boolean claim(String holder, Duration lease) throws HistoryUnavailableException {
        return client(client -> client.sql("UPDATE notifier SET holder = ?, lease_end = " + NOW + " + ?"
                                + " WHERE id = 1 AND (holder = ? OR lease_end < " + NOW + ")")
                        .params(holder, lease.toMillis(), holder)
                        .update()
                == 1);
    }

    /** Gives it up, so that another need not wait. */
    public void release(String holder) throws HistoryUnavailableException {
        client(client -> client.sql("UPDATE notifier SET lease_end = 0 WHERE id = 1 AND holder = ?")
                .param(holder)
                .update());
    }

    /** Begins with those that are new, from now on, and forgets those that are no more. */
    public void begin(Set<String> targets, Instant now) throws HistoryUnavailableException {
        history.ask(database -> database.transactions().execute(_ -> begin(database.client(), targets, now)));
    }

    private static boolean begin(JdbcClient client, Set<String> targets, Instant now) {
        for (String target : targets) {
            client.sql("INSERT INTO notified (target, seq, digest_due, digest_upto, failure, lost)"
                            + " SELECT ?, last_seq, ?, ?, '', 0 FROM decision_log WHERE id = 1 ON CONFLICT DO NOTHING")
                    .params(target, now.toEpochMilli(), now.toEpochMilli())
                    .update();
        }
        for (String table : List.of("notified", "notified_subject")) {
            client.sql("DELETE FROM " + table + " WHERE target NOT IN (:targets)")
                    .param("targets", targets)
                    .update();
        }
        return true;
    }

    /** All targets, by name. */
    public Map<String, Notified> targets() throws HistoryUnavailableException {
        Map<String, Notified> targets = new TreeMap<>();
        client(client -> client.sql("SELECT n.*, l.last_seq FROM notified n CROSS JOIN decision_log l WHERE l.id = 1")
                        .query(Outbox::read)
                        .list())
                .forEach(each -> targets.put(each.target(), each));
        return targets;
    }

    private static Notified read(ResultSet row, int ignored) throws SQLException {
        long workloads = row.getLong("workloads");
        Standing posture =
                row.wasNull() ? null : new Standing(workloads, row.getLong("violating"), row.getLong("warned"));
        long seq = row.getLong("seq");
        return new Notified(
                row.getString("target"),
                seq,
                Math.max(0, row.getLong("last_seq") - seq),
                Instant.ofEpochMilli(row.getLong("digest_due")),
                Instant.ofEpochMilli(row.getLong("digest_upto")),
                posture,
                time(row, "succeeded_at"),
                time(row, "failed_at"),
                row.getString("failure"),
                row.getLong("lost"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** The decisions after one, in the order in which they were written. */
    public List<Decision> after(long seq, int most) throws HistoryUnavailableException {
        return client(client -> decisions(
                client.sql("SELECT " + Rows.COLUMNS + " FROM decision WHERE seq > ? ORDER BY seq LIMIT " + most)
                        .param(seq)));
    }

    /** The decisions of these numbers that are kept still. */
    public List<Decision> numbered(Collection<Long> seqs) throws HistoryUnavailableException {
        return seqs.isEmpty()
                ? List.of()
                : client(
                        client -> decisions(client.sql("SELECT " + Rows.COLUMNS + " FROM decision WHERE seq IN (:seqs)")
                                .param("seqs", seqs)));
    }

    private static List<Decision> decisions(JdbcClient.StatementSpec query) {
        return query.query(Rows::read).list().stream().map(Row::decision).toList();
    }

    /** Those of some subjects of which a target was told since then. */
    public Set<String> told(String target, Collection<String> subjects, Instant since)
            throws HistoryUnavailableException {
        return subjects.isEmpty()
                ? Set.of()
                : client(client -> new HashSet<>(client.sql(
                                "SELECT subject FROM notified_subject WHERE target = :target AND subject IN (:subjects)"
                                        + " AND at >= :since")
                        .param("target", target)
                        .param("subjects", subjects)
                        .param("since", since.toEpochMilli())
                        .query(String.class)
                        .list()));
    }

    /** Notes that nothing up to a decision concerns a target. */
    public void passed(String target, long seq) throws HistoryUnavailableException {
        client(client -> client.sql("UPDATE notified SET seq = ? WHERE target = ?")
                .params(seq, target)
                .update());
    }

    /**
     * Notes that a target was told.
     *
     * @param seq the last decision that was looked at for it
     * @param subjects of what it was told
     * @param since when it was told of others is forgotten where that was before
     */
    public void sent(String target, long seq, Collection<String> subjects, Instant now, Instant since)
            throws HistoryUnavailableException {
        history.ask(database -> database.transactions().execute(_ -> {
            long at = now.toEpochMilli();
            database.client()
                    .sql("UPDATE notified SET seq = ?, succeeded_at = ? WHERE target = ?")
                    .params(seq, at, target)
                    .update();
            List<Object[]> rows = subjects.stream()
                    .map(subject -> new Object[] {target, subject, at})
                    .toList();
            database.jdbc().batchUpdate(TELL, rows);
            forget(database.client(), target, since);
            return true;
        }));
    }

    private static void forget(JdbcClient client, String target, Instant since) {
        client.sql("DELETE FROM notified_subject WHERE target = ? AND at < ?")
                .params(target, since.toEpochMilli())
                .update();
        client.sql("SELECT at FROM notified_subject WHERE target = ? ORDER BY at DESC LIMIT 1 OFFSET "
                        + (MOST_SUBJECTS - 1))
                .param(target)
                .query(Long.class)
                .optional()
                .ifPresent(oldest -> client.sql("DELETE FROM notified_subject WHERE target = ? AND at < ?")
                        .params(target, oldest)
                        .update());
    }

    /** Notes that a target was reached, whatever it was told. */
    public void succeeded(String target, Instant now) throws HistoryUnavailableException {
        client(client -> client.sql("UPDATE notified SET succeeded_at = ? WHERE target = ?")
                .params(now.toEpochMilli(), target)
                .update());
    }

    /** Notes that an attempt failed. */
    public void failed(String target, String sentence, Instant now) throws HistoryUnavailableException {
        client(client -> client.sql("UPDATE notified SET failed_at = ?, failure = ? WHERE target = ?")
                .params(now.toEpochMilli(), Kept.text(sentence, LONGEST_FAILURE), target)
                .update());
    }

    /**
     * Notes that a target will not be told.
     *
     * @param seq the last decision that was looked at for it
     * @param count of how many decisions
     */
    public void lost(String target, long seq, long count) throws HistoryUnavailableException {
        client(client -> client.sql("UPDATE notified SET seq = ?, lost = lost + ? WHERE target = ?")
                .params(seq, count, target)
                .update());
    }

    /** Notes that a digest was sent, which told up to a moment. */
    public void digested(String target, Instant due, Instant upTo, Standing posture, Instant now)
            throws HistoryUnavailableException {
        client(client -> client.sql("UPDATE notified SET digest_due = ?, digest_upto = ?, workloads = ?, violating = ?,"
                        + " warned = ?, succeeded_at = ? WHERE target = ?")
                .params(
                        due.toEpochMilli(),
                        upTo.toEpochMilli(),
                        posture.workloads(),
                        posture.violating(),
                        posture.warned(),
                        now.toEpochMilli(),
                        target)
                .update());
    }

    /** Notes that a digest was given up: the next one tells of its time too. */
    public void undigested(String target, Instant due) throws HistoryUnavailableException {
        client(client -> client.sql("UPDATE notified SET digest_due = ?, lost = lost + 1 WHERE target = ?")
                .params(due.toEpochMilli(), target)
                .update());
    }

    /** Owners that were denied since a moment, the latest first. */
    public List<Denial> denials(Instant since, int most) throws HistoryUnavailableException {
        return history.ask(database ->
                new Denials(database.client()).where("last_seen >= ?", List.of(since.toEpochMilli()), most));
    }

    /** Tells each decision from one moment to another, which is no part of it; the latest first. */
    public void each(Instant from, Instant to, Consumer<Decision> told) throws HistoryUnavailableException {
        long upper = Position.from(to);
        List<Row> rows;
        do {
            long before = upper;
            rows = client(client -> client.sql("SELECT " + Rows.COLUMNS
                            + " FROM decision WHERE position < ? AND position >= ? ORDER BY position DESC LIMIT "
                            + AT_ONCE)
                    .params(before, Position.from(from))
                    .query(Rows::read)
                    .list());
            for (Row row : rows) {
                told.accept(row.decision());
                upper = row.position();
            }
        } while (rows.size() == AT_ONCE);
    }

    /** What came about from one moment to another, which is no part of it. */
    public Period period(Instant from, Instant to) throws HistoryUnavailableException {
        return history.ask(database -> period(database.client(), from, to));
    }

    private static Period period(JdbcClient client, Instant from, Instant to) {
        List<Object> time = List.of(from.toEpochMilli(), to.toEpochMilli());
        List<Object> hours = List.of(Hourly.of(from.toEpochMilli()), to.toEpochMilli());
        Denials denials = new Denials(client);
        return new Period(
                client.sql("SELECT namespace, outcome, SUM(times) AS total FROM hourly_outcome"
                                + " WHERE begins_at >= ? AND begins_at < ? AND outcome <> 'allow'"
                                + " GROUP BY namespace, outcome ORDER BY total DESC, namespace LIMIT " + MOST_COUNTS)
                        .params(hours)
                        .query((row, _) -> new Period.OutcomeCount(row.getString(1), row.getString(2), row.getLong(3)))
                        .list(),
                client.sql("SELECT namespace, check_id, mode, SUM(times) AS total FROM hourly_check"
                                + " WHERE begins_at >= ? AND begins_at < ?"
                                + " GROUP BY namespace, check_id, mode ORDER BY total DESC, namespace, check_id LIMIT "
                                + MOST_COUNTS)
                        .params(hours)
                        .query((row, _) -> new Period.CheckCount(
                                row.getString(1), row.getString(2), row.getString(3), row.getLong(4)))
                        .list(),
                denials.where("resolved_at IS NULL AND first_seen >= ? AND first_seen < ?", time, MOST_OWNERS),
                denials.where("resolved_at >= ? AND resolved_at < ?", time, MOST_OWNERS));
    }

    private <T> T client(Function<JdbcClient, T> question) throws HistoryUnavailableException {
        return history.ask(database -> question.apply(database.client()));
    }
}
