package dev.portcullis.reports;

import dev.portcullis.cluster.Following;
import dev.portcullis.cluster.RefusedException;
import dev.portcullis.cluster.Writing;
import dev.portcullis.scan.ObjectKey;
import dev.portcullis.scan.Surveyed;
import dev.portcullis.scan.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a report about each workload as it should be: writes what has changed and nothing else, puts back what others edit,
 * and takes away what is about nothing. Bodies of reports are held while they wait to be written, no longer.
 */
public final class ReportKeeper implements Told, AutoCloseable {
    /** The label by which reports of this program are found. */
    public static final String LABEL = ReportBody.MANAGED_BY;

    /** Its value. */
    public static final String LABEL_VALUE = ReportBody.SOURCE;

    private static final Logger LOG = LoggerFactory.getLogger(ReportKeeper.class);
    private static final int WRITERS = 4;
    private static final int MOST_WAITING = 16;
    private static final int MOST_ATTEMPTS = 6;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);

    private final Form form;
    private final Writing writing;
    private final int most;
    private final Consumer<ObjectKey> again;
    private final InstantSource clock;
    private final ReportMetrics metrics;
    private final Map<String, Slot> slots = new HashMap<>();
    private final List<BlockingQueue<Slot>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;
    private volatile boolean mild;
    private int total;
    private @Nullable String complaint;

    /**
     * Begins to write.
     *
     * @param most how many results there may be in all reports together
     * @param again asks to be told anew of a workload
     */
    public ReportKeeper(
            Form form,
            Writing writing,
            int most,
            Consumer<ObjectKey> again,
            InstantSource clock,
            ReportMetrics metrics) {
        this.form = form;
        this.writing = writing;
        this.most = most;
        this.again = again;
        this.clock = clock;
        this.metrics = metrics;
        for (int i = 0; i < WRITERS; i++) {
            BlockingQueue<Slot> queue = new LinkedBlockingQueue<>(MOST_WAITING);
            queues.add(queue);
            threads.add(Thread.ofVirtual().name("reports-" + i).start(() -> write(queue)));
        }
    }

    /** Follows the reports that there are. */
    public Following.Listener reports() {
        return new Following.Listener() {
            @Override
            public void seen(ObjectNode report) {
                found(report);
            }

            @Override
            public void gone(String namespace, String name) {
                lost(namespace, name);
            }
        };
    }

    private Slot slot(String namespace, String name) {
        return slots.computeIfAbsent(namespace + "/" + name, _ -> new Slot(namespace, name));
    }

    @Override
    public void judged(Surveyed surveyed) {
        ObjectNode report = new ReportBody(form, mild).of(surveyed, clock.instant());
        offer(slot -> slot.subject = surveyed.key(), surveyed.key().namespace(), report);
    }

    private void offer(Consumer<Slot> about, String namespace, ObjectNode report) {
        String name = report.path("metadata").path("name").stringValue("");
        long content = Content.of(report);
        int results = ReportBody.count(report);
        Slot due;
        synchronized (slots) {
            Slot slot = slot(namespace, name);
            about.accept(slot);
            total -= slot.omitted ? 0 : slot.results;
            slot.results = results;
            slot.omitted = total + results > most;
            total += slot.omitted ? 0 : results;
            slot.desired = slot.omitted ? 0 : content;
            due = due(slot, slot.omitted ? new Slot.Delete() : new Slot.Write(report, content));
        }
        enqueue(due);
    }

    @Override
    public void gone(ObjectKey key) {
        Slot due;
        synchronized (slots) {
            Slot slot = slot(key.namespace(), ReportBody.name(key));
            total -= slot.omitted ? 0 : slot.results;
            slot.results = 0;
            slot.omitted = false;
            slot.subject = null;
            slot.desired = 0;
            due = due(slot, new Slot.Delete());
            if (due == null && !slot.isPlanned()) {
                slots.remove(slot.namespace + "/" + slot.name);
            }
        }
        enqueue(due);
    }

    /** Null where there is nothing to do, or somebody knows already. */
    private static @Nullable Slot due(Slot slot, Slot.Work work) {
        slot.failed = null;
        if (!slot.busy && slot.isSettled()) {
            slot.drop();
            return null;
        }
        return slot.plan(work) ? slot : null;
    }

    private void found(ObjectNode report) {
        long content = Content.of(report);
        String namespace = report.path("metadata").path("namespace").stringValue("");
        String name = report.path("metadata").path("name").stringValue("");
        ObjectKey edited = null;
        synchronized (slots) {
            Slot slot = slot(namespace, name);
            slot.stored = content;
            if (slot.desired != 0 && !slot.isSettled() && !slot.isPlanned()) {
                edited = slot.subject;
            }
        }
        restore(edited);
    }

    private void lost(String namespace, String name) {
        ObjectKey deleted = null;
        synchronized (slots) {
            Slot slot = slot(namespace, name);
            slot.stored = 0;
            if (slot.desired != 0 && !slot.isPlanned()) {
                deleted = slot.subject;
            } else if (slot.desired == 0 && !slot.omitted && !slot.isPlanned()) {
                slots.remove(namespace + "/" + name);
            }
        }
        restore(deleted);
    }

    private void restore(@Nullable ObjectKey subject) {
        if (subject != null) {
            metrics.restored.increment();
            again.accept(subject);
        }
    }

    /** Takes away reports about nothing, tells of those that are left out, and tries again what failed. */
    @Override
    public void settled() {
        Instant now = clock.instant();
        List<Slot> due = new ArrayList<>();
        List<ObjectKey> asked = new ArrayList<>();
        int workloads = 0;
        int results = 0;
        synchronized (slots) {
            int room = most - total;
            for (Slot slot : slots.values()) {
                if (slot.namespace.isEmpty()) {
                    continue;
                }
                boolean lapsed = slot.failed != null && now.isAfter(slot.failed.plus(PAUSE_AFTER_FAILURE));
                if (slot.subject == null && slot.stored != 0 && !slot.isPlanned() && (slot.failed == null || lapsed)) {
                    add(due, due(slot, new Slot.Delete()));
                } else if (lapsed && slot.subject != null) {
                    slot.failed = null;
                    asked.add(slot.subject);
                } else if (slot.omitted && slot.results <= room && slot.subject != null) {
                    room -= slot.results;
                    asked.add(slot.subject);
                }
                workloads += slot.omitted ? 1 : 0;
                results += slot.omitted ? slot.results : 0;
            }
            metrics.results.set(total);
            metrics.omitted.set(workloads);
        }
        due.forEach(this::enqueue);
        asked.forEach(again);
        tellOfAll(workloads, results, now);
    }

    private static void add(List<Slot> all, @Nullable Slot slot) {
        if (slot != null) {
            all.add(slot);
        }
    }

    private void tellOfAll(int workloads, int results, Instant now) {
        Slot due;
        synchronized (slots) {
            Slot slot = slot("", ReportBody.OF_ALL);
            ObjectNode report = new ReportBody(form, mild).ofAll(workloads, results, most, now);
            slot.desired = workloads == 0 ? 0 : Content.of(report);
            boolean failed = slot.failed != null && now.isBefore(slot.failed.plus(PAUSE_AFTER_FAILURE));
            due = slot.isPlanned() || slot.isSettled() || failed
                    ? null
                    : due(slot, workloads == 0 ? new Slot.Delete() : new Slot.Write(report, slot.desired));
        }
        enqueue(due);
    }

    /** Waits while too many wait: whoever looks at the cluster then looks no further. */
    private void enqueue(@Nullable Slot slot) {
        if (slot == null) {
            return;
        }
        BlockingQueue<Slot> queue = queues.get(Math.floorMod((slot.namespace + slot.name).hashCode(), WRITERS));
        try {
            while (!closed && !queue.offer(slot, 1, TimeUnit.SECONDS)) {
                LOG.debug("reports wait to be written");
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(BlockingQueue<Slot> queue) {
        try {
            while (!closed) {
                Slot slot = queue.take();
                Slot.Work work;
                do {
                    synchronized (slots) {
                        work = slot.take();
                    }
                    if (work != null) {
                        tryToDo(slot, work);
                    }
                } while (work != null && !closed);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    // Whatever goes wrong with one report, the others are written.
    @SuppressWarnings("CatchingUnchecked")
    private void tryToDo(Slot slot, Slot.Work work) throws InterruptedException {
        try {
            switch (work) {
                case Slot.Write(ObjectNode report, long content) -> write(slot, report, content);
                case Slot.Delete _ -> delete(slot);
            }
            synchronized (slots) {
                slot.busy = false;
                complaint = null;
            }
        } catch (RefusedException refused) {
            fail(slot, refused.reason());
        } catch (RuntimeException fault) {
            LOG.error("report {}/{} could not be written", slot.namespace, slot.name, fault);
            fail(slot, "a fault of this program; see above");
        }
    }

    private void fail(Slot slot, String reason) {
        if (closed) {
            return;
        }
        metrics.failed.increment();
        synchronized (slots) {
            slot.busy = false;
            slot.failed = clock.instant();
            if (!reason.equals(complaint)) {
                complaint = reason;
                LOG.warn("report {}/{} cannot be written: {}", slot.namespace, slot.name, reason);
            }
        }
    }

    private void write(Slot slot, ObjectNode report, long wanted) throws RefusedException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                ObjectNode before = attempt == 1 && isNew(slot)
                        ? null
                        : writing.get(form.of(slot.namespace), slot.namespace, slot.name);
                if (before != null && Content.of(before) == wanted) {
                    note(slot, wanted, wanted);
                    return;
                }
                if (before != null) {
                    Content.keepTimes(before, report);
                    report.withObject("metadata")
                            .put(
                                    "resourceVersion",
                                    before.path("metadata")
                                            .path("resourceVersion")
                                            .stringValue(""));
                }
                ObjectNode after = writing.apply(form.of(slot.namespace), report);
                note(slot, wanted, after == null ? 0 : Content.of(after));
                metrics.written.increment();
                return;
            } catch (RefusedException refused) {
                if (refused.isInvalid() && !mild && slot.subject != null) {
                    // Older definitions know no severity above high: said again in their words, it is no failure.
                    mild = true;
                    again.accept(slot.subject);
                    return;
                }
                boolean helps = refused.isConflict() || refused.isPassing();
                if (closed || !helps || attempt == MOST_ATTEMPTS) {
                    throw refused;
                }
                report.withObject("metadata").remove("resourceVersion");
                Thread.sleep(ThreadLocalRandom.current().nextLong(20, 100) << attempt);
            }
        }
    }

    /** What was never seen nor written need not be asked for. */
    private boolean isNew(Slot slot) {
        synchronized (slots) {
            return slot.stored == 0 && slot.accepted == 0;
        }
    }

    private void note(Slot slot, long wanted, long stored) {
        synchronized (slots) {
            slot.stored = stored;
            slot.accepted = wanted;
            slot.kept = stored;
        }
    }

    private void delete(Slot slot) throws RefusedException {
        writing.delete(form.of(slot.namespace), slot.namespace, slot.name);
        metrics.deleted.increment();
        synchronized (slots) {
            slot.stored = 0;
            if (slot.desired == 0 && !slot.omitted && slot.subject == null) {
                slots.remove(slot.namespace + "/" + slot.name, slot);
            }
        }
    }

    /** Whether nothing waits to be written. */
    public boolean isIdle() {
        synchronized (slots) {
            return slots.values().stream().noneMatch(Slot::isPlanned);
        }
    }

    /** Writes no more. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
