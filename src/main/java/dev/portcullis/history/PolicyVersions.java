package dev.portcullis.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The versions of the policies that were in force; the one that is out of force for longest goes first. */
public final class PolicyVersions {
    /** The most versions that are kept. */
    public static final int MOST = 200;

    /** The most characters that they take together. */
    static final long MOST_BYTES = 16L << 20;

    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final int most;
    private final long mostBytes;

    PolicyVersions(Database database, int most, long mostBytes) {
        this.client = database.client();
        this.transactions = database.transactions();
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** That a version was in force at a moment, if it is kept. */
    boolean seen(String version, Instant at) {
        return client.sql("UPDATE policy_version SET last_at = GREATEST(last_at, ?) WHERE version = ?")
                        .params(at.toEpochMilli(), Kept.text(version, 1024))
                        .update()
                > 0;
    }

    /**
     * Keeps a version, unless it is kept already.
     *
     * @param content JSON
     */
    void keep(PolicyVersion version, String content) {
        transactions.executeWithoutResult(_ -> {
            if (!seen(version.version(), version.lastAt())) {
                insert(version, Kept.text(content, Integer.MAX_VALUE));
                trim();
            }
        });
    }

    private void insert(PolicyVersion version, String content) {
        client.sql("INSERT INTO policy_version (version, first_at, last_at, source, content, bytes)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(
                        Kept.text(version.version(), 1024),
                        version.firstAt().toEpochMilli(),
                        version.lastAt().toEpochMilli(),
                        Kept.text(version.source(), 1024),
                        content,
                        content.length())
                .update();
    }

    private record Sized(String version, long bytes) {}

    private void trim() {
        List<Sized> all = client.sql("SELECT version, bytes FROM policy_version ORDER BY last_at DESC, version")
                .query((row, _) -> new Sized(row.getString(1), row.getLong(2)))
                .list();
        long bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            bytes += all.get(i).bytes();
            if (i > 0 && (i >= most || bytes > mostBytes)) {
                client.sql("DELETE FROM policy_version WHERE version = ?")
                        .param(all.get(i).version())
                        .update();
            }
        }
    }

    /** All of them, the latest first. */
    List<PolicyVersion> list() {
        return client.sql("SELECT version, first_at, last_at, source FROM policy_version"
                        + " ORDER BY last_at DESC, first_at DESC, version LIMIT " + most)
                .query((row, _) -> new PolicyVersion(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getString(4)))
                .list();
    }

    /** What was kept of one; empty where none is. */
    Optional<String> content(String version) {
        return client.sql("SELECT content FROM policy_version WHERE version = ?")
                .param(Kept.text(version, 1024))
                .query(String.class)
                .optional();
    }
}
