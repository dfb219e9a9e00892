package dev.portcullis.notify;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
import java.time.Duration;
import java.time.Instant;

/** Sends digests when they are due: one that was due while nobody could send is sent late, and once. */
final class DigestRound implements Courier.Round {
    /** So long the counts of an hour may take. */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofSeconds(15);

    private final Destination to;
    private final Schedule schedule;
    private final DigestMaker maker;
    private final Mail mail;

    DigestRound(Destination to, Schedule schedule, DigestMaker maker, Mail mail) {
        this.to = to;
        this.schedule = schedule;
        this.maker = maker;
        this.mail = mail;
    }

    @Override
    public Duration go(Notified known) throws HistoryUnavailableException, InterruptedException {
        Instant due = schedule.dueBy(to.now().minus(SETTLING));
        if (!due.isAfter(known.due())) {
            return LOOK;
        }
        Digest digest = maker.make(known.upTo(), due, known.posture());
        switch (to.sender().send(() -> mail.send(digest, "digest-" + to.name() + "-" + due.getEpochSecond()))) {
            case SENT -> to.outbox().digested(to.name(), due, due, digest.posture(), to.now());
            case GIVEN_UP -> {
                to.outbox().undigested(to.name(), due);
                to.sender().lost(1, "digest is");
            }
            case LEFT -> {
                // Whoever leads now sends it.
            }
        }
        return LOOK;
    }
}
