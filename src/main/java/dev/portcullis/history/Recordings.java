package dev.portcullis.history;

import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads again what was asked, in the order in which it was. */
public final class Recordings {
    private static final int STEP = 100;

    private final JdbcClient client;

    Recordings(Database database) {
        this.client = database.client();
    }

    /**
     * Reads a history that no other process uses.
     *
     * @param told is given what was asked of what could be judged
     * @throws HistoryUnavailableException where there is none, or it cannot be read
     */
    public static void each(Place place, Instant from, Consumer<Recorded> told) throws HistoryUnavailableException {
        if (place instanceof Place.Embedded embedded && !Files.exists(embedded.storage())) {
            throw new HistoryUnavailableException("there is no history in " + embedded.folder(), false, null);
        }
        try (Database database = Database.open(place)) {
            new Recordings(database).each(from, recorded -> {
                told.accept(recorded);
                return true;
            });
        }
    }

    /** Tells of one after the other while whoever is told wants more. */
    void each(Instant from, Predicate<Recorded> told) {
        long after = -1;
        List<Numbered> step;
        do {
            step = client.sql("SELECT d.seq, d.source, d.username, d.namespace, d.owner_kind, d.owner_name, b.content"
                            + " FROM decision d LEFT JOIN decision_body b ON b.seq = d.seq WHERE d.seq > ? AND d.position >= ?"
                            + " AND d.owner_kind IS NOT NULL AND d.policies IS NOT NULL ORDER BY d.seq LIMIT " + STEP)
                    .params(after, Position.from(from))
                    .query((result, _) -> new Numbered(
                            result.getLong(1),
                            new Recorded(
                                    source(result.getString(2)),
                                    result.getString(3),
                                    result.getString(4),
                                    result.getString(5),
                                    result.getString(6),
                                    result.getBytes(7))))
                    .list();
            for (Numbered each : step) {
                if (!told.test(unpacked(each.recorded()))) {
                    return;
                }
                after = each.seq();
            }
        } while (step.size() == STEP);
    }

    /** One decision; empty where there is none of that number, or it is not seen. */
    Optional<Recording> one(long seq, Sight sight) {
        List<Object> values = new ArrayList<>(List.of(seq));
        String seen = sight.condition("namespace", values);
        return client.sql("SELECT " + Rows.COLUMNS + " FROM decision WHERE seq = ?" + seen)
                .params(values)
                .query(Rows::read)
                .optional()
                .map(row -> new Recording(row.decision(), asked(row)));
    }

    private @Nullable Recorded asked(Row row) {
        String ownerKind = row.ownerKind();
        if (ownerKind == null || row.policies() == null) {
            return null;
        }
        return client.sql("SELECT content FROM decision_body WHERE seq = ?")
                .param(row.seq())
                .query((result, _) -> unpacked(new Recorded(
                        source(row.source()),
                        row.username(),
                        row.namespace(),
                        ownerKind,
                        row.ownerName(),
                        result.getBytes(1))))
                .optional()
                .orElse(null);
    }

    private static Source source(String id) {
        return Source.valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** One after the other, since requests may be a hundred times as large as what is kept of them. */
    private static Recorded unpacked(Recorded packed) {
        byte[] body = packed.body();
        return body == null
                ? packed
                : new Recorded(
                        packed.source(),
                        packed.username(),
                        packed.namespace(),
                        packed.ownerKind(),
                        packed.ownerName(),
                        Packing.unpack(body));
    }

    private record Numbered(long seq, Recorded recorded) {}
}
