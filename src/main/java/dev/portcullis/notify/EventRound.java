package dev.portcullis.notify;

import dev.portcullis.history.Decision;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
import java.time.Duration;
import java.time.Instant;
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

    private final Destination to;
    private final Telling telling;

    EventRound(Destination to, Telling telling) {
        this.to = to;
        this.telling = telling;
    }

    @Override
    public Duration go(Notified known) throws HistoryUnavailableException, InterruptedException {
        if (known.waiting() == 0) {
            return Courier.LOOK;
        }
        long behind = known.waiting() - MOST_BEHIND;
        if (behind > 0) {
            to.outbox().lost(to.name(), known.seq() + behind, behind);
            to.sender().lost(behind, "decisions are");
            return Duration.ZERO;
        }
        List<Decision> decisions = to.outbox().after(known.seq(), AT_ONCE);
        long last = decisions.isEmpty()
                ? known.seq() + known.waiting()
                : decisions.getLast().seq();
        Map<String, Event> events = events(decisions);
        Instant now = to.now();
        Set<String> told = to.outbox()
                .told(to.name(), events.keySet(), now.minus(to.target().quiet()));
        events.keySet().removeAll(told);
        if (events.isEmpty()) {
            to.outbox().passed(to.name(), last);
            return Duration.ZERO;
        }
        return tell(known.seq() + 1, last, events, now);
    }

    private Map<String, Event> events(List<Decision> decisions) {
        Map<String, Event> events = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            to.target()
                    .selection()
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
        String id = to.name() + "-" + first + "-" + last;
        return switch (to.sender().send(() -> telling.tell(id, now, shown, all.size() - shown.size()))) {
            case SENT -> {
                to.outbox()
                        .sent(
                                to.name(),
                                last,
                                events.keySet(),
                                now,
                                now.minus(to.target().quiet()));
                yield BETWEEN;
            }
            case GIVEN_UP -> {
                to.outbox().lost(to.name(), last, all.size());
                to.sender().lost(all.size(), "events are");
                yield BETWEEN;
            }
            case LEFT -> Courier.LOOK;
        };
    }
}
