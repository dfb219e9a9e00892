package dev.portcullis.history;

import dev.portcullis.history.Rows.Appended;
import dev.portcullis.history.Verification.Anchor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Appends to the log, in batches, each whole or not at all. Several processes may append to one database. */
final class Log {
    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final Denials denials;

    Log(Database database) {
        this.jdbc = database.jdbc();
        this.client = database.client();
        this.transactions = database.transactions();
        this.denials = new Denials(client);
    }

    /**
     * Appends entries, leaving out those that the log has already.
     *
     * @return what was appended
     */
    List<Decision> append(List<Entry> entries) {
        List<Appended> appended = transactions.execute(_ -> appendAll(entries));
        return appended == null
                ? List.of()
                : appended.stream().map(each -> each.row().decision()).toList();
    }

    /** Counts decisions that will never be appended. */
    void lose(long decisions) {
        if (decisions > 0) {
            client.sql("UPDATE decision_log SET lost = lost + ? WHERE id = 1")
                    .param(decisions)
                    .update();
        }
    }

    private List<Appended> appendAll(List<Entry> entries) {
        Anchor end = client.sql("SELECT last_seq, last_hash FROM decision_log WHERE id = 1 FOR UPDATE")
                .query((result, _) -> new Anchor(result.getLong(1), result.getBytes(2)))
                .single();
        List<Appended> appended = chain(unknown(entries), end);
        insert(appended);
        long bytes = appended.stream().mapToLong(each -> each.row().bytes()).sum();
        long bodies = appended.stream().mapToLong(Log::bodyBytes).sum();
        Anchor reached = appended.isEmpty()
                ? end
                : new Anchor(appended.getLast().row().seq(), appended.getLast().hash());
        client.sql("UPDATE decision_log SET last_seq = ?, last_hash = ?, rows_bytes = rows_bytes + ?,"
                        + " body_bytes = body_bytes + ? WHERE id = 1")
                .params(reached.seq(), reached.hash(), bytes, bodies)
                .update();
        denials.learn(appended);
        return appended;
    }

    private static List<Appended> chain(List<Entry> entries, Anchor end) {
        List<Appended> chained = new ArrayList<>(entries.size());
        long seq = end.seq();
        byte[] hash = end.hash();
        for (Entry entry : entries) {
            seq++;
            Row row = Row.of(entry, seq);
            hash = Chain.next(hash, row);
            chained.add(new Appended(entry, row, hash));
        }
        return chained;
    }

    /** An API server that got no answer in time asks again, perhaps another gate. */
    private List<Entry> unknown(List<Entry> entries) {
        if (entries.isEmpty()) {
            return entries;
        }
        Set<String> uids = entries.stream().map(Entry::uid).collect(Collectors.toSet());
        Set<Key> known = new HashSet<>(client.sql("SELECT source, uid FROM decision WHERE uid IN (:uids)")
                .param("uids", uids)
                .query((result, _) -> new Key(result.getString(1), result.getString(2)))
                .list());
        return entries.stream()
                .filter(entry -> known.add(new Key(entry.source().id(), entry.uid())))
                .toList();
    }

    private void insert(List<Appended> appended) {
        jdbc.batchUpdate(Rows.INSERT, appended, appended.size() + 1, Rows::write);
        List<Named> checks = named(appended, RecordedFinding::check);
        jdbc.batchUpdate(
                "INSERT INTO decision_check (seq, check_id, position) VALUES (?, ?, ?)",
                checks,
                checks.size() + 1,
                (insert, named) -> {
                    insert.setLong(1, named.row().seq());
                    insert.setString(2, named.name());
                    insert.setLong(3, named.row().position());
                });
        List<Named> exemptions = named(appended, RecordedFinding::exemption);
        jdbc.batchUpdate(
                "INSERT INTO decision_exemption (seq, exemption) VALUES (?, ?)",
                exemptions,
                exemptions.size() + 1,
                (insert, named) -> {
                    insert.setLong(1, named.row().seq());
                    insert.setString(2, named.name());
                });
        List<Appended> bodies =
                appended.stream().filter(each -> each.entry().body() != null).toList();
        jdbc.batchUpdate(
                "INSERT INTO decision_body (seq, content) VALUES (?, ?)", bodies, bodies.size() + 1, (insert, each) -> {
                    insert.setLong(1, each.row().seq());
                    insert.setBytes(2, each.entry().body());
                });
    }

    /** What findings name, each once for each row. */
    private static List<Named> named(List<Appended> appended, Function<RecordedFinding, @Nullable String> name) {
        return appended.stream()
                .flatMap(each -> each.entry().findings().stream()
                        .map(name)
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(found -> new Named(each.row(), found)))
                .toList();
    }

    private static long bodyBytes(Appended appended) {
        byte[] body = appended.entry().body();
        return body == null ? 0 : body.length;
    }

    private record Key(String source, String uid) {}

    private record Named(Row row, String name) {}
}
