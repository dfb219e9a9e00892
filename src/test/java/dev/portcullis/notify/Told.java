package dev.portcullis.notify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.Entry;
import dev.portcullis.history.History;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.Place;
import dev.portcullis.history.RecordedFinding;
import dev.portcullis.history.Settings;
import dev.portcullis.history.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A history, a clock that is set by hand, and notifications of what is decided. */
final class Told implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    static final Selection ALL =
            new Selection(List.of(), List.of(), Set.of(), null, Set.of("enforce", "warn"), Set.of());
    private static final Patience HASTY =
            new Patience(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(20), 5);

    final MeterRegistry registry = new SimpleMeterRegistry();
    final History history;
    private final List<Notifications> begun = new ArrayList<>();
    private volatile Instant now = NOON;
    private final long started = System.nanoTime();

    Told(Path folder) {
        this(new Place.Embedded(folder.resolve("history")));
    }

    Told(Place place) {
        history = History.open(
                new Settings(place, Duration.ofDays(30), 1 << 30, 0),
                // It keeps house by time that passes.
                () -> NOON.plusNanos(System.nanoTime() - started),
                registry);
        await().atMost(20, SECONDS).until(history::isOpen);
    }

    void at(Instant instant) {
        now = instant;
    }

    InstantSource clock() {
        return () -> now;
    }

    /** Begins to notify, and waits until all targets have a place in the log. */
    Notifications begin(Target... targets) throws Exception {
        return begin(null, targets);
    }

    Notifications begin(@Nullable URI console, Target... targets) throws Exception {
        Notifications notifications =
                Notifications.of(List.of(targets), history, List::of, console, HASTY, clock(), registry);
        begun.add(notifications);
        notifications.start();
        await().atMost(20, SECONDS)
                .until(() -> history.outbox().targets().keySet().containsAll(notifications.names()));
        return notifications;
    }

    void end(Notifications notifications) {
        notifications.close();
        begun.remove(notifications);
    }

    void decide(Outcome outcome, String namespace, String owner, RecordedFinding... findings) {
        decide(Source.ADMISSION, outcome, namespace, owner, findings);
    }

    void decide(Source source, Outcome outcome, String namespace, String owner, RecordedFinding... findings) {
        Entry entry = new Entry(
                source,
                UUID.randomUUID().toString(),
                now,
                outcome,
                "c1",
                "CREATE",
                "ann",
                new Entry.Subject("Pod", namespace, owner + "-1", "Deployment", owner),
                "v1",
                Duration.ofMillis(1),
                "",
                List.of(findings),
                nothing());
        assertThat(history.record(100, () -> entry)).isTrue();
    }

    @SuppressWarnings("NullAway") // that a body may be null is lost in the class file, since it is an array
    private static byte[] nothing() {
        return null;
    }

    void deny(String owner, String check) {
        decide(Outcome.DENY, "shop", owner, finding(check, "enforce", "critical", "it is true; set it to false"));
    }

    static RecordedFinding finding(String check, String mode, String severity, String message) {
        return new RecordedFinding(
                check, "fail", mode, severity, "default", "web", "spec.containers[0]", message, null);
    }

    /** Waits until nothing waits for a target. */
    void settle(String target) {
        await().atMost(20, SECONDS).until(() -> {
            var known = Objects.requireNonNull(history.outbox().targets().get(target));
            return known.waiting() == 0 && known.seq() > 0;
        });
    }

    double count(String meter, String target) {
        return registry.get(meter).tag("target", target).counter().count();
    }

    static Target webhook(String name, URI uri) {
        return target(name, Kind.WEBHOOK, uri, null);
    }

    static Target target(String name, Kind kind, @Nullable URI url, @Nullable Path urlFile) {
        return new Target(
                name,
                "portcullis.notifications.targets." + name,
                kind,
                url,
                urlFile,
                null,
                null,
                null,
                null,
                null,
                false,
                ALL,
                Duration.ofHours(6),
                null);
    }

    @Override
    public void close() {
        List.copyOf(begun).forEach(this::end);
        history.close();
    }
}
