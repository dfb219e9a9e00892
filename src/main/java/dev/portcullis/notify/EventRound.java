package dev.portcullis.notify;

import dev.portcullis.history.Decision;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
import dev.portcullis.history.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a target of decisions in the order in which they were written. Its place in the log is moved when it was told, so that
 * nothing waits in memory and nothing is forgotten while the target, the process or the database is away.
 */
final class EventRound implements Courier.Round {
    /** How many decisions a target may be behind; the oldest beyond are lost to it. */
    static final long MOST_BEHIND = 10_000;

    private static final int AT_ONCE = 200;
    /** Slack takes one message a second. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Target target;
    private final Telling telling;
    private final Sender sender;
    private final Outbox outbox;
    private final InstantSource clock;

    EventRound(Target target, Telling telling, Sender sender, Outbox outbox, InstantSource clock) {
        this.target = target;
        this.telling = telling;
        this.sender = sender;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Duration go() throws HistoryUnavailableException, InterruptedException {
        Notified known = sender.known();
        if (known == null || known.waiting() == 0) {
            return Courier.LOOK;
        }
        long behind = known.waiting() - MOST_BEHIND;
        if (behind > 0) {
            outbox.lost(target.name(), known.seq() + behind, behind);
            sender.lost(behind, "decisions are");
            return Duration.ZERO;
        }
        List<Decision> decisions = outbox.after(known.seq(), AT_ONCE);
        long last = decisions.isEmpty()
                ? known.seq() + known.waiting()
                : decisions.getLast().seq();
        Map<String, Event> events = events(decisions);
        Instant now = clock.instant();
        Set<String> told = outbox.told(target.name(), events.keySet(), now.minus(target.quiet()));
        events.keySet().removeAll(told);
        if (events.isEmpty()) {
            outbox.passed(target.name(), last);
            return Duration.ZERO;
        }
        return tell(known.seq() + 1, last, events, now);
    }

    private Map<String, Event> events(List<Decision> decisions) {
        Map<String, Event> events = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            target.selection()
                    .of(decision)
                    .ifPresent(event -> events.merge(event.subject(), event, (before, now) -> now.after(before)));
        }
        return events;
    }

    private Duration tell(long first, long last, Map<String, Event> events, Instant now)
            throws HistoryUnavailableException, InterruptedException {
        List<Event> all = new ArrayList<>(events.values());
        all.sort(Comparator.comparingInt(
                event -> List.of("deny", "warn", "audit").indexOf(event.verdict())));
        List<Event> shown = all.subList(0, Math.min(telling.most(), all.size()));
        String id = target.name() + "-" + first + "-" + last;
        return switch (sender.send(() -> telling.tell(id, now, shown, all.size() - shown.size()))) {
            case SENT -> {
                outbox.sent(target.name(), last, events.keySet(), now, now.minus(target.quiet()));
                yield BETWEEN;
            }
            case GIVEN_UP -> {
                outbox.lost(target.name(), last, all.size());
                sender.lost(all.size(), "events are");
                yield BETWEEN;
            }
            case LEFT -> Courier.LOOK;
        };
    }
}
