package dev.portcullis.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was decided: takes it, keeps it and tells of it. Safe for use by many threads. */
public final class History implements Recorder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final Store store;
    private final Intake intake;
    private final AuditIntake audit;
    private final Writer writer;
    private final Counter recorded;
    private final List<Consumer<Decision>> listeners = new CopyOnWriteArrayList<>();

    private History(
            Settings settings, InstantSource clock, MeterRegistry registry, @Nullable Supplier<GateState> itself) {
        store = new Store(settings.place());
        recorded = Counter.builder("portcullis.history.recorded")
                .description("Decisions that were written to the history")
                .register(registry);
        Counter dropped = Counter.builder("portcullis.history.dropped")
                .description("Decisions that are missing in the history, since its database was away for too long")
                .register(registry);
        intake = intake(settings.place(), dropped);
        audit = new AuditIntake(Counter.builder("portcullis.audit.dropped")
                .description(
                        "Entries that are missing in the audit of the console, since the history's database was away")
                .register(registry));
        writer = new Writer(
                store, settings, clock, intake, audit, itself == null ? null : new Timings(itself), this::tell);
        Gauge.builder("portcullis.history.waiting", intake, Intake::waiting)
                .description("Decisions that wait to be written to the history, " + Pending.MOST + " at most")
                .register(registry);
        Gauge.builder("portcullis.history.failing", writer, each -> each.failing() ? 1 : 0)
                .description("1 while the history's database cannot be used; decisions go on")
                .register(registry);
        Gauge.builder("portcullis.history.damaged", store, each -> each.hasSetAside() ? 1 : 0)
                .description("1 after a damaged file of the history was set aside and a new one begun")
                .register(registry);
    }

    /**
     * Opens the history and begins to write. That its database is away is told by a log and a metric, and mends itself.
     *
     * @param clock by which it grows old
     */
    public static History open(Settings settings, InstantSource clock, MeterRegistry registry) {
        return begun(new History(settings, clock, registry, null));
    }

    /**
     * Opens the history of a process that decides.
     *
     * @param itself what it is
     */
    public static History open(
            Settings settings, InstantSource clock, MeterRegistry registry, Supplier<GateState> itself) {
        return begun(new History(settings, clock, registry, itself));
    }

    private static History begun(History history) {
        history.intake.begin();
        history.writer.start();
        return history;
    }

    private Intake intake(Place place, Counter dropped) {
        if (place instanceof Place.Embedded embedded) {
            try {
                store.prepare();
                return Intake.counting(embedded.folder().resolve("taken"), dropped);
            } catch (HistoryUnavailableException unusable) {
                LOG.error("what the history loses when the gate is killed cannot be told", unusable);
            }
        }
        return new Intake(Losses.forgotten(), dropped);
    }

    @Override
    public boolean record(long bytes, Supplier<Entry> entry) {
        return intake.record(bytes, entry);
    }

    /** Takes what somebody did at the console, without waiting; that there was no room for it is told by the audit itself. */
    public void audit(AuditEntry entry) {
        audit.take(entry);
    }

    /**
     * What was done at the console, the latest first.
     *
     * @param cursor of the page before; null for the first page
     * @param size the most entries it has
     * @throws IllegalArgumentException where the cursor is none
     */
    public AuditPage audited(AuditFilter filter, @Nullable String cursor, int size) throws HistoryUnavailableException {
        List<Object> after = cursor == null ? null : AuditLog.keys(cursor);
        return ask(database -> new AuditLog(database).page(filter, after, size));
    }

    /** Writes what another process hands over, and returns once that is done. */
    public void take(Batch batch) throws HistoryUnavailableException {
        try {
            writer.write(batch);
        } catch (RuntimeException problem) {
            throw new HistoryUnavailableException(
                    "the history cannot be written: " + Database.root(problem), false, problem);
        }
    }

    /** Tells of every decision once it is written, by a thread that must not be held up. */
    public Subscription follow(Consumer<Decision> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends when it is closed. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private void tell(List<Decision> decisions) {
        recorded.increment(decisions.size());
        for (Decision decision : decisions) {
            listeners.forEach(listener -> listener.accept(decision));
        }
    }

    /** What is told to somebody who sees so far. */
    public Seen seenBy(Sight sight) {
        return new Seen(this, sight);
    }

    /** What notifications are sent from. */
    public Outbox outbox() {
        return new Outbox(this);
    }

    /** Writes what runs in a cluster in place of what was known of it, and forgets others. */
    public void replace(String cluster, Collection<WorkloadState> states, Collection<WorkloadState.Key> gone)
            throws HistoryUnavailableException {
        ask(database -> {
            new Workloads(database).replace(cluster, states, gone);
            return true;
        });
    }

    /** Forgets what was not judged since a moment: it is there no more. */
    public void forgetWorkloads(String cluster, Instant before) throws HistoryUnavailableException {
        ask(database -> {
            new Workloads(database).forget(cluster, before);
            return true;
        });
    }

    /**
     * Tells what was asked, in its order.
     *
     * @param told is given what was asked of what could be judged; false where it wants no more
     */
    public void recorded(Instant from, Predicate<Recorded> told) throws HistoryUnavailableException {
        ask(database -> {
            new Recordings(database).each(from, told);
            return true;
        });
    }

    /** Keeps what a Docker host tells of itself, in place of what it told before. */
    public Hosts.Outcome report(HostReport report, Instant now) throws HistoryUnavailableException {
        return ask(database -> new Hosts(database, Hosts.MOST).keep(report, now));
    }

    /**
     * Docker hosts, by name.
     *
     * @param cursor of the page before; null for the first page
     * @param size the most hosts it has
     * @throws IllegalArgumentException where the cursor is none
     */
    public HostPage hosts(@Nullable String cursor, int size) throws HistoryUnavailableException {
        String after = cursor == null ? "" : Cursor.name(cursor);
        List<Host> found = ask(database -> new Hosts(database, Hosts.MOST).list(after, size));
        return new HostPage(
                found, found.size() == size ? Cursor.ofName(found.getLast().name()) : null);
    }

    /** Gates that say that they live, or did a few minutes ago, by name. */
    public List<Gate> gates() throws HistoryUnavailableException {
        return ask(database -> new Gates(database).list());
    }

    /** Keeps a version of the policies that is in force, unless it is kept already; its content is JSON. */
    public void keepPolicies(PolicyVersion version, String content) throws HistoryUnavailableException {
        ask(database -> {
            policyVersions(database).keep(version, content);
            return true;
        });
    }

    /** That a version of the policies was in force at a moment. */
    public void policiesSeen(String version, Instant at) throws HistoryUnavailableException {
        ask(database -> policyVersions(database).seen(version, at));
    }

    /** The versions of the policies that were in force, the latest first; {@link PolicyVersions#MOST} at most. */
    public List<PolicyVersion> policyVersions() throws HistoryUnavailableException {
        return ask(database -> policyVersions(database).list());
    }

    /** What is kept of a version; empty where it is not. */
    public Optional<String> policyVersion(String version) throws HistoryUnavailableException {
        return ask(database -> policyVersions(database).content(version));
    }

    private static PolicyVersions policyVersions(Database database) {
        return new PolicyVersions(database, PolicyVersions.MOST, PolicyVersions.MOST_BYTES);
    }

    /** Reads the whole log and computes its hashes anew. */
    public Verification.Outcome verify() throws HistoryUnavailableException {
        return ask(database -> new Verification(database, null).verify());
    }

    <T> T ask(Function<Database, T> question) throws HistoryUnavailableException {
        Database database = store.opened();
        try {
            return question.apply(database);
        } catch (RuntimeException problem) {
            throw new HistoryUnavailableException(
                    "the history cannot be read: " + Database.root(problem), false, problem);
        }
    }

    /** Whether the database is open, so that questions can be answered. */
    public boolean isOpen() {
        return store.isOpen();
    }

    /** Writes what waits, for a few seconds at most, and closes the database. */
    @Override
    public void close() {
        writer.close();
        store.close();
        intake.close();
    }
}
