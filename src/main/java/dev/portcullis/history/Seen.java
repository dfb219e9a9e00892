package dev.portcullis.history;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The history, as far as somebody sees: what lies beyond is not there. */
public final class Seen {
    private final History history;
    private final Sight sight;

    Seen(History history, Sight sight) {
        this.history = history;
        this.sight = sight;
    }

    /**
     * A page of decisions, the latest first.
     *
     * @param cursor of the page before; null for the first page
     * @param size the most decisions it has
     * @throws IllegalArgumentException where the cursor is none
     */
    public Page page(Filter filter, @Nullable String cursor, int size) throws HistoryUnavailableException {
        Long before = cursor == null ? null : (Long) Cursor.read(cursor);
        return history.ask(database -> new Search(database).page(filter, sight, before, size));
    }

    /** A decision by its number, and what was asked then; empty where there is none. */
    public Optional<Recording> recording(long seq) throws HistoryUnavailableException {
        return history.ask(database -> new Recordings(database).one(seq, sight));
    }

    /**
     * Those who were denied, the latest first.
     *
     * @param open only those who were not let in yet
     * @param most how many at most
     */
    public List<Denial> denials(boolean open, int most) throws HistoryUnavailableException {
        return history.ask(database -> new Denials(database.client()).list(sight, open, most));
    }

    /**
     * Counts by the hour.
     *
     * @param from in the first hour
     * @param to after the last hour's beginning
     * @param cluster null for all
     * @param namespace null for all
     */
    public Trend trend(Instant from, Instant to, @Nullable String cluster, @Nullable String namespace)
            throws HistoryUnavailableException {
        return history.ask(database -> new Trends(database).of(sight, from, to, cluster, namespace));
    }

    /**
     * How what runs stood over time.
     *
     * @param from in the first hour
     * @param to after the last hour's beginning
     * @param cluster null for all
     * @param namespace null for all
     */
    public Posture posture(Instant from, Instant to, @Nullable String cluster, @Nullable String namespace)
            throws HistoryUnavailableException {
        return history.ask(database -> new Postures(database).of(sight, from, to, cluster, namespace));
    }

    /** The times in which nobody decided, and what entered then; the latest first. */
    public List<Outage> outages() throws HistoryUnavailableException {
        return history.ask(database -> new Outages(database).list(sight));
    }

    /**
     * Some of what runs.
     *
     * @param cursor of the page before in the same order; null for the first page
     * @param size the most workloads it has
     * @throws IllegalArgumentException where the cursor is none
     */
    public WorkloadPage workloads(WorkloadFilter filter, WorkloadOrder order, @Nullable String cursor, int size)
            throws HistoryUnavailableException {
        List<Object> after = Cursor.keys(cursor, order.keyset());
        List<Workloads.Numbered> found =
                history.ask(database -> new Workloads(database).list(sight, filter, order, after, size));
        String next = found.size() == size ? Cursor.ofKeys(found.getLast().keys()) : null;
        return new WorkloadPage(found.stream().map(Workloads.Numbered::state).toList(), next);
    }

    /**
     * What is found of what runs, finding by finding.
     *
     * @param cursor of the page before in the same order; null for the first page
     * @param size the most results it has
     * @throws IllegalArgumentException where the cursor is none
     */
    public ResultPage results(ResultFilter filter, ResultOrder order, @Nullable String cursor, int size)
            throws HistoryUnavailableException {
        List<Object> after = Cursor.keys(cursor, order.keyset());
        return history.ask(database -> new Results(database).page(sight, filter, order, after, size));
    }

    /** What each check speaks against now, leave aside; none that speaks against nothing. */
    public Map<String, CheckFailures> failing() throws HistoryUnavailableException {
        return history.ask(database -> new Summaries(database).failing(sight));
    }

    /**
     * How much each of these exemptions is used.
     *
     * @param exemptions by namespace and name
     */
    public Map<String, ExemptionUse> uses(Collection<String> exemptions) throws HistoryUnavailableException {
        return history.ask(database -> new ExemptionUses(database).of(sight, exemptions));
    }

    /**
     * The latest time that a workload was denied, as the ledger has it.
     *
     * @param namespace empty where there is none
     */
    public Optional<Denial> denial(String cluster, String namespace, String kind, String name)
            throws HistoryUnavailableException {
        return sight.sees(namespace)
                ? history.ask(database -> new Denials(database.client()).of(cluster, namespace, kind, name))
                : Optional.empty();
    }

    /**
     * How what runs stands as a whole.
     *
     * @param cluster null for all
     * @param namespace null for all
     */
    public WorkloadSummary summary(@Nullable String cluster, @Nullable String namespace)
            throws HistoryUnavailableException {
        return summary(cluster, namespace, Scope.ALL);
    }

    /**
     * The same in what a view is narrowed to.
     *
     * @param within of what findings count, too
     */
    public WorkloadSummary summary(@Nullable String cluster, @Nullable String namespace, Scope within)
            throws HistoryUnavailableException {
        return history.ask(database -> new Summaries(database).summary(sight, cluster, namespace, within));
    }
}
