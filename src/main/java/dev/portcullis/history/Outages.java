package dev.portcullis.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ledger of outages: while a process writes down decisions it says every few seconds that it lives. Where that was not
 * said for a while, nobody decided.
 */
final class Outages {
    /** Twice as long as a living process may keep silent. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int MOST = 100;
    private static final int MOST_ENTERED = 500;

    private final JdbcClient client;
    private final Workloads workloads;

    Outages(Database database) {
        this.client = database.client();
        this.workloads = new Workloads(database);
    }

    /**
     * A process lives.
     *
     * @param started since when: it decided from then on, although it may not have been able to say so
     */
    void beat(Instant started, Instant now) {
        long at = now.toEpochMilli();
        Long last = client.sql("SELECT at FROM heartbeat WHERE id = 1")
                .query(Long.class)
                .optional()
                .orElse(null);
        if (last == null) {
            client.sql("INSERT INTO heartbeat VALUES (1, ?) ON CONFLICT DO NOTHING")
                    .param(at)
                    .update();
            return;
        }
        // Of several processes that begin at once, one writes it down.
        boolean first = client.sql("UPDATE heartbeat SET at = ? WHERE id = 1 AND at = ?")
                        .params(Math.max(at, last), last)
                        .update()
                > 0;
        long ended = started.toEpochMilli();
        if (first && ended - last > SILENCE.toMillis()) {
            client.sql("INSERT INTO outage VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .params(last, ended)
                    .update();
        }
    }

    /** The last hundred, the latest first. */
    List<Outage> list(Sight sight) {
        return client
                .sql("SELECT began, ended FROM outage ORDER BY began DESC LIMIT " + MOST)
                .query((result, _) ->
                        List.of(Instant.ofEpochMilli(result.getLong(1)), Instant.ofEpochMilli(result.getLong(2))))
                .list()
                .stream()
                .map(times -> new Outage(
                        times.getFirst(), times.getLast(), entered(sight, times.getFirst(), times.getLast())))
                .toList();
    }

    private List<WorkloadState> entered(Sight sight, Instant began, Instant ended) {
        return workloads.madeIn(sight, began, ended, MOST_ENTERED).stream()
                .map(Workloads.Numbered::state)
                .toList();
    }
}
