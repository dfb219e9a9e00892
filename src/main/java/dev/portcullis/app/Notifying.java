package dev.portcullis.app;

import dev.portcullis.history.History;
import dev.portcullis.notify.Notifications;
import dev.portcullis.notify.UnusableTargetException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what was decided.
 *
 * @param notifications null where no history is kept here
 */
record Notifying(@Nullable Notifications notifications) implements AutoCloseable {
    static Notifying of(PortcullisProperties properties, Keeping keeping, Policies policies, MeterRegistry registry) {
        History history = keeping.history();
        if (history == null) {
            return new Notifying(null);
        }
        try {
            return new Notifying(Notifications.of(
                    properties.notifications().all(),
                    history,
                    () -> policies.inForce().get().exemptions(),
                    properties.console().url(),
                    properties.notifications().retryFor(),
                    InstantSource.system(),
                    registry));
        } catch (UnusableTargetException unusable) {
            throw new MisconfiguredException(unusable.sentence(), unusable);
        }
    }

    void start() {
        if (notifications != null) {
            notifications.start();
        }
    }

    @Override
    public void close() {
        if (notifications != null) {
            notifications.close();
        }
    }
}
