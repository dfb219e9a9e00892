package dev.portcullis.history;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the whole log and computes its hashes anew. */
public final class Verification {
    private static final int STEP = 2_000;
    private static final HexFormat HEX = HexFormat.of();

    private final JdbcClient client;
    private final @Nullable Anchor anchor;

    Verification(Database database, @Nullable Anchor anchor) {
        this.client = database.client();
        this.anchor = anchor;
    }

    /**
     * What came of it.
     *
     * @param first the number of the first row that is kept
     * @param last the number of the last row
     * @param head the last row as an {@link Anchor} is written
     * @param broken the number of the first row that is not what was written, or is missing; null where all are
     */
    public record Outcome(
            long first, long last, String head, @Nullable Long broken) {}

    /** A row and its hash, as they were once. */
    @SuppressWarnings("ArrayRecordComponent") // compared by what it holds
    public record Anchor(long seq, byte[] hash) {
        /**
         * Reads {@code NUMBER:HASH}.
         *
         * @throws IllegalArgumentException where it is none
         */
        public static Anchor parse(String text) {
            int colon = text.indexOf(':');
            if (colon < 0 || text.length() - colon != 65) {
                throw new IllegalArgumentException("no anchor");
            }
            return new Anchor(Long.parseLong(text.substring(0, colon)), HEX.parseHex(text.substring(colon + 1)));
        }

        @Override
        public String toString() {
            return seq + ":" + HEX.formatHex(hash);
        }
    }

    /**
     * Checks a history that nobody writes to now.
     *
     * @param anchor what must be in it, unless it has grown so old that it was removed; null where nothing is known
     * @throws HistoryUnavailableException where there is none, or it cannot be read
     */
    public static Outcome of(Place place, @Nullable Anchor anchor) throws HistoryUnavailableException {
        if (place instanceof Place.Embedded embedded && !Files.exists(embedded.storage())) {
            throw new HistoryUnavailableException("there is no history in " + embedded.folder(), false, null);
        }
        try (Database database = Database.open(place)) {
            return new Verification(database, anchor).verify();
        }
    }

    /** Checks every row up to the end as it is now. */
    Outcome verify() {
        Outcome outcome = read();
        boolean removed =
                outcome.broken() != null && outcome.broken() < ends().first().seq();
        // What is old enough may be removed while it is read.
        return removed ? verify() : outcome;
    }

    private Outcome read() {
        Ends ends = ends();
        if (isMissing(ends.last())) {
            return ends.outcome(ends.last().seq());
        }
        byte[] hash = ends.first().hash();
        long seq = ends.first().seq();
        while (seq <= ends.last().seq()) {
            List<Hashed> rows = rows(seq, Math.min(seq + STEP - 1, ends.last().seq()));
            for (Hashed hashed : rows) {
                hash = Chain.next(hash, hashed.row());
                if (hashed.row().seq() != seq || !hashed.isIntact(hash) || isOther(seq, hash)) {
                    return ends.outcome(seq);
                }
                seq++;
            }
            if (rows.isEmpty()) {
                return ends.outcome(seq);
            }
        }
        return ends.outcome(
                Arrays.equals(hash, ends.last().hash())
                        ? null
                        : (Long) ends.last().seq());
    }

    /** Whether the log ends before what is known to have been in it. */
    private boolean isMissing(Anchor last) {
        return anchor != null && anchor.seq() > last.seq();
    }

    private boolean isOther(long seq, byte[] hash) {
        return anchor != null && anchor.seq() == seq && !Arrays.equals(anchor.hash(), hash);
    }

    private Ends ends() {
        return client.sql("SELECT first_seq, first_hash, last_seq, last_hash FROM decision_log WHERE id = 1")
                .query((result, _) -> new Ends(
                        new Anchor(result.getLong(1), result.getBytes(2)),
                        new Anchor(result.getLong(3), result.getBytes(4))))
                .single();
    }

    private List<Hashed> rows(long from, long to) {
        return client.sql(
                        "SELECT " + Rows.COLUMNS + ", hash, (SELECT content FROM decision_body body"
                                + " WHERE body.seq = decision.seq) AS body FROM decision WHERE seq BETWEEN ? AND ? ORDER BY seq")
                .params(from, to)
                .query((result, number) ->
                        new Hashed(Rows.read(result, number), result.getBytes("hash"), result.getBytes("body")))
                .list();
    }

    /** Where the log begins, with the hash before it, and its last row. */
    private record Ends(Anchor first, Anchor last) {
        Outcome outcome(@Nullable Long broken) {
            return new Outcome(first.seq(), last.seq(), last.toString(), broken);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by what they hold
    private record Hashed(Row row, byte[] hash, byte @Nullable [] body) {
        /** A body may have been removed before its row. */
        boolean isIntact(byte[] computed) {
            return Arrays.equals(computed, hash) && (body == null || Arrays.equals(Chain.ofBody(body), row.bodyHash()));
        }
    }
}
