package dev.portcullis.notify;

import dev.portcullis.history.History;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
import dev.portcullis.history.Outbox;
import dev.portcullis.policy.Exemption;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells targets of what was decided. One process of those that share a history sends, each target by a thread of its own; no decision
 * and nothing that writes the history waits for it.
 */
public final class Notifications implements AutoCloseable {
    /** The most targets. */
    public static final int MOST_TARGETS = 20;

    private final Outbox outbox;
    private final InstantSource clock;
    private final Lead lead;
    private final List<Line> lines = new ArrayList<>();

    /** What notifications are made of. */
    private record Grounds(
            History history,
            Supplier<List<Exemption>> exemptions,
            Links links,
            Patience patience,
            InstantSource clock,
            MeterRegistry registry) {}

    /** A target, and what is done for it. */
    private record Line(Target target, Courier courier, Trial trial, Runnable ending, Semaphore trials) {}

    /** Sends a message that says that it is a test. */
    @FunctionalInterface
    private interface Trial {
        void run(String id, Instant now) throws UnsentException, InterruptedException;
    }

    private Notifications(List<Target> targets, Grounds grounds) throws UnusableTargetException {
        outbox = grounds.history().outbox();
        clock = grounds.clock();
        lead = new Lead(outbox, targets.stream().map(Target::name).collect(Collectors.toSet()), clock);
        for (Target target : targets) {
            lines.add(line(target, grounds));
        }
    }

    /**
     * Notifications that are not sent yet.
     *
     * @param targets {@link #MOST_TARGETS} at most, with names of their own
     * @param exemptions those in force
     * @param console under which address people reach the console; null where nobody said
     * @param retryFor for how long a message is tried
     */
    public static Notifications of(
            List<Target> targets,
            History history,
            Supplier<List<Exemption>> exemptions,
            @Nullable URI console,
            Duration retryFor,
            InstantSource clock,
            MeterRegistry registry)
            throws UnusableTargetException {
        return of(targets, history, exemptions, console, Patience.of(retryFor), clock, registry);
    }

    static Notifications of(
            List<Target> targets,
            History history,
            Supplier<List<Exemption>> exemptions,
            @Nullable URI console,
            Patience patience,
            InstantSource clock,
            MeterRegistry registry)
            throws UnusableTargetException {
        return new Notifications(
                targets, new Grounds(history, exemptions, new Links(console), patience, clock, registry));
    }

    private Line line(Target target, Grounds grounds) throws UnusableTargetException {
        Sender sender = new Sender(
                target.name(), outbox, lead, grounds.patience(), clock, new Meters(target.name(), grounds.registry()));
        Destination to = new Destination(target, sender, outbox, clock);
        return switch (target.kind()) {
            case SLACK -> told(to, new Slack(http(target, ""), grounds.links()));
            case WEBHOOK -> told(to, new Webhook(http(target, ""), grounds.links(), target, clock));
            case ALERTMANAGER -> alerted(to, grounds.links());
            case EMAIL -> written(to, grounds);
        };
    }

    private HttpTarget http(Target target, String suffix) throws UnusableTargetException {
        HttpTarget http = new HttpTarget(target, suffix, clock);
        http.check();
        return http;
    }

    private Line told(Destination to, Telling telling) {
        return line(to, new EventRound(to, telling), telling::test, telling::close);
    }

    private Line alerted(Destination to, Links links) throws UnusableTargetException {
        Alertmanager alertmanager = new Alertmanager(
                http(to.target(), Alertmanager.API), links, to.target().selection());
        return line(to, new AlertRound(to, alertmanager), (_, now) -> alertmanager.test(now), alertmanager::close);
    }

    private Line written(Destination to, Grounds grounds) throws UnusableTargetException {
        Letter letter = Objects.requireNonNull(to.target().letter());
        Mail mail = new Mail(to.target(), letter);
        mail.check();
        DigestMaker maker = new DigestMaker(
                to.target().selection(),
                letter.schedule().zone(),
                grounds.history(),
                grounds.exemptions(),
                grounds.links());
        return line(to, new DigestRound(to, letter.schedule(), maker, mail), mail::test, () -> {});
    }

    private Line line(Destination to, Courier.Round round, Trial trial, Runnable ending) {
        return new Line(to.target(), new Courier(to, round, lead), trial, ending, new Semaphore(1));
    }

    /** Begins to send, where no other process does. */
    public void start() {
        if (!lines.isEmpty()) {
            lead.start();
            lines.forEach(line -> line.courier().start());
        }
    }

    /**
     * A target, and how it goes.
     *
     * @param notified null where nothing is known yet
     * @param next when the next digest is due; null where it gets none
     */
    public record Status(
            Target target,
            @Nullable Notified notified,
            @Nullable Instant next) {
        /** Its address for people, without what is secret. */
        public String address() {
            return target.shown();
        }

        /** When it gets digests, as people say it; null where it gets none. */
        public @Nullable String schedule() {
            return target.letter() == null ? null : target.letter().schedule().spoken();
        }
    }

    /** All targets, in the order of their names. */
    public List<Status> targets() throws HistoryUnavailableException {
        Map<String, Notified> known = lines.isEmpty() ? Map.of() : outbox.targets();
        return lines.stream()
                .map(line -> new Status(
                        line.target(),
                        known.get(line.target().name()),
                        line.target().letter() == null
                                ? null
                                : line.target().letter().schedule().dueAfter(clock.instant())))
                .toList();
    }

    /** The names of all targets. */
    public Set<String> names() {
        return lines.stream().map(line -> line.target().name()).collect(Collectors.toSet());
    }

    /**
     * Sends a message that says that it is a test, once; whoever leads.
     *
     * @return whether it was tried; false where another is on its way to the same target
     */
    public boolean test(String name) throws UnsentException, InterruptedException, HistoryUnavailableException {
        Line line = lines.stream()
                .filter(each -> each.target().name().equals(name))
                .findFirst()
                .orElseThrow();
        if (!line.trials().tryAcquire()) {
            return false;
        }
        try {
            line.trial().run("test-" + UUID.randomUUID(), clock.instant());
            outbox.succeeded(name, clock.instant());
            return true;
        } catch (UnsentException unsent) {
            outbox.failed(name, unsent.sentence(), clock.instant());
            throw unsent;
        } finally {
            line.trials().release();
        }
    }

    @Override
    public void close() {
        lead.end();
        lines.forEach(line -> line.courier().await());
        // What is on its way still fails now.
        lines.forEach(line -> line.ending().run());
        lines.forEach(line -> line.courier().await());
        lead.close();
    }
}
