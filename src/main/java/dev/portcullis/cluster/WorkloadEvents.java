package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the owners of denied pods by Events ({@code events.k8s.io/v1}), which {@code kubectl describe} shows: a controller is
 * denied again and again, and nobody reads its log. One thread writes, at a pace; what comes faster is dropped and counted.
 */
public final class WorkloadEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkloadEvents.class);
    private static final int MOST_WAITING = 1_000;
    private static final String REPORTER = "portcullis.dev/gate";
    private static final String REASON = "PodsDenied";
    private static final int LONGEST_NAME = 230;
    private static final int LONGEST_INSTANCE = 128;
    private static final int NOT_FOUND = 404;

    /** Between two requests to the API server. */
    private static final Duration PACE = Duration.ofMillis(100);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration COMPLAINT = Duration.ofMinutes(10);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

    private final KubernetesClient client;
    private final String instance;
    private final InstantSource clock;
    private final Owners owners;
    private final EventSeries series = new EventSeries();
    private final BlockingQueue<PodsDenied> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Counter written;
    private final Counter failed;
    private final Counter dropped;
    private final Thread thread = Thread.ofVirtual().name("workload-events").unstarted(this::run);
    private Instant complained = Instant.MIN;

    /**
     * Begins with {@link #start()}.
     *
     * @param instance which gate this is
     */
    public WorkloadEvents(KubernetesClient client, String instance, InstantSource clock, MeterRegistry registry) {
        this.client = client;
        this.instance = instance.substring(0, Math.min(instance.length(), LONGEST_INSTANCE));
        this.clock = clock;
        this.owners = new Owners(client);
        this.written = writes(registry, "written");
        this.failed = writes(registry, "failed");
        this.dropped = Counter.builder("portcullis.events.dropped")
                .description("Denials that no Event tells of, since too many came or their owner is not there")
                .register(registry);
        Gauge.builder("portcullis.events.waiting", waiting, BlockingQueue::size)
                .description("Denials that are to become Events")
                .register(registry);
    }

    private static Counter writes(MeterRegistry registry, String result) {
        return Counter.builder("portcullis.events")
                .description("Events on the owners of denied pods: written, anew or with another count, or failed")
                .tag("result", result)
                .register(registry);
    }

    /** Begins to tell. */
    public void start() {
        thread.start();
    }

    /** Tells of a denial when it can; never blocks. */
    public void tell(PodsDenied denied) {
        if (!waiting.offer(denied)) {
            dropped.increment();
        }
    }

    private void run() {
        try {
            while (true) {
                PodsDenied next = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    take(next);
                }
                for (EventSeries.Series due : series.due(clock.instant())) {
                    write(due);
                    Thread.sleep(PACE);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(PodsDenied denied) throws InterruptedException {
        Optional<ObjectReference> owner = Optional.empty();
        try {
            owner = owners.of(denied.namespace(), denied.controller());
        } catch (KubernetesClientException failure) {
            complain(failure);
        }
        if (owner.isEmpty() || !series.add(owner.get(), denied.note(), denied.at())) {
            dropped.increment();
            Thread.sleep(owner.isEmpty() ? PACE : Duration.ZERO);
        }
    }

    private void write(EventSeries.Series each) {
        Instant now = clock.instant();
        try {
            if (each.name == null || !updated(event(each, each.name))) {
                String name = newName(each.owner.getName());
                client.resource(event(each, name)).create();
                each.name = name;
            }
            written.increment();
        } catch (KubernetesClientException failure) {
            failed.increment();
            complain(failure);
        }
        each.told(now);
    }

    /** False where the API server has forgotten it. */
    private boolean updated(Event event) {
        try {
            client.resource(event).patch(MERGE);
            return true;
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == NOT_FOUND) {
                return false;
            }
            throw failure;
        }
    }

    private static String newName(String owner) {
        return owner.substring(0, Math.min(owner.length(), LONGEST_NAME)) + "."
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private Event event(EventSeries.Series each, String name) {
        EventBuilder event = new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(each.owner.getNamespace())
                .endMetadata()
                .withEventTime(time(each.first))
                .withReportingController(REPORTER)
                .withReportingInstance(instance)
                .withAction("Admission")
                .withReason(REASON)
                .withType("Warning")
                .withRegarding(each.owner)
                .withNote(each.note);
        if (each.count > 1) {
            event.withNewSeries()
                    .withCount(each.count)
                    .withLastObservedTime(time(each.last))
                    .endSeries();
        }
        return event.build();
    }

    private static MicroTime time(Instant at) {
        return new MicroTime(MICROSECONDS.format(at));
    }

    /** Says once in a while why nobody is told. */
    private void complain(KubernetesClientException failure) {
        Instant now = clock.instant();
        if (now.isAfter(complained.plus(COMPLAINT))) {
            complained = now;
            LOG.warn("an Event on the owner of denied pods could not be written: {}", said(failure));
        }
    }

    private static @Nullable String said(KubernetesClientException failure) {
        return failure.getStatus() == null
                ? failure.getMessage()
                : failure.getStatus().getMessage();
    }

    /** Ends it; what has not been told is not. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
