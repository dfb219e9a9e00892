package dev.portcullis.notify;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
import dev.portcullis.history.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Sends digests when they are due: one that was due while nobody could send is sent late, and once. */
final class DigestRound implements Courier.Round {
    /** So long the counts of an hour may take. */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofSeconds(15);

    private final String target;
    private final Schedule schedule;
    private final DigestMaker maker;
    private final Mail mail;
    private final Sender sender;
    private final Outbox outbox;
    private final InstantSource clock;

    DigestRound(
            String target,
            Schedule schedule,
            DigestMaker maker,
            Mail mail,
            Sender sender,
            Outbox outbox,
            InstantSource clock) {
        this.target = target;
        this.schedule = schedule;
        this.maker = maker;
        this.mail = mail;
        this.sender = sender;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Duration go() throws HistoryUnavailableException, InterruptedException {
        Notified known = sender.known();
        Instant due = schedule.dueBy(clock.instant().minus(SETTLING));
        if (known == null || !due.isAfter(known.due())) {
            return LOOK;
        }
        Digest digest = maker.make(known.upTo(), due, known.posture());
        switch (sender.send(() -> mail.send(digest, "digest-" + target + "-" + due.getEpochSecond()))) {
            case SENT -> outbox.digested(target, due, due, digest.posture(), clock.instant());
            case GIVEN_UP -> {
                outbox.undigested(target, due);
                sender.lost(1, "digest is");
            }
            case LEFT -> {
                // Whoever leads now sends it.
            }
        }
        return LOOK;
    }
}
