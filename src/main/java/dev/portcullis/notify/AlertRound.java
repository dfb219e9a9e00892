package dev.portcullis.notify;

import dev.portcullis.history.Decision;
import dev.portcullis.history.Denial;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sends all alerts every minute, and at once where something was decided. The ledger of denials is what is remembered of them. */
final class AlertRound implements Courier.Round {
    /** The most alerts; of more the latest are sent. */
    static final int MOST = 1_000;

    private static final Duration REPEAT = Duration.ofMinutes(1);
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    /** For so long it is sent again that one has ended. */
    private static final Duration ENDED = Duration.ofMinutes(15);

    private final Destination to;
    private final Alertmanager alertmanager;
    private Instant last = Instant.EPOCH;

    AlertRound(Destination to, Alertmanager alertmanager) {
        this.to = to;
        this.alertmanager = alertmanager;
    }

    @Override
    public Duration go(Notified known) throws HistoryUnavailableException, InterruptedException {
        Instant now = to.now();
        if (now.isBefore(last.plus(known.waiting() == 0 ? REPEAT : BETWEEN))) {
            return Courier.LOOK;
        }
        long seq = known.seq() + known.waiting();
        if (alerts(now).isEmpty()) {
            to.outbox().passed(to.name(), seq);
            last = now;
            return Courier.LOOK;
        }
        // Those of then, whenever it succeeds.
        Sender.Outcome outcome = to.sender().send(() -> alertmanager.send(alertsNow()));
        if (outcome == Sender.Outcome.SENT) {
            to.outbox().sent(to.name(), seq, List.of(), now, now);
        }
        last = now;
        return Courier.LOOK;
    }

    private List<Alert> alertsNow() throws UnsentException {
        try {
            return alerts(to.now());
        } catch (HistoryUnavailableException away) {
            throw UnsentException.failed(away.sentence(), null);
        }
    }

    private List<Alert> alerts(Instant now) throws HistoryUnavailableException {
        Map<Owner, Denial> latest = new LinkedHashMap<>();
        for (Denial denial : to.outbox().denials(now.minus(Alertmanager.GONE).minus(ENDED), MOST)) {
            latest.putIfAbsent(Owner.of(denial), denial);
        }
        Map<Long, Denial> bySeq = latest.values().stream()
                .collect(Collectors.toMap(Denial::lastSeq, Function.identity(), (one, _) -> one, LinkedHashMap::new));
        List<Alert> alerts = new ArrayList<>();
        for (Decision decision : to.outbox().numbered(bySeq.keySet())) {
            alertmanager
                    .of(Objects.requireNonNull(bySeq.get(decision.seq())), decision, now)
                    .ifPresent(alerts::add);
        }
        return alerts;
    }

    private record Owner(String cluster, String namespace, String kind, String name) {
        static Owner of(Denial denial) {
            return new Owner(denial.cluster(), denial.namespace(), denial.ownerKind(), denial.ownerName());
        }
    }
}
