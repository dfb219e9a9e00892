package dev.portcullis.notify;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Notified;
import dev.portcullis.history.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A target as it is told: where the history is read, by whom messages are sent, and at what time. */
record Destination(Target target, Sender sender, Outbox outbox, InstantSource clock) {
    String name() {
        return target.name();
    }

    Instant now() {
        return clock.instant();
    }

    /** What is known of it; null where that has just begun. */
    @Nullable Notified known() throws HistoryUnavailableException {
        return sender.known();
    }
}
