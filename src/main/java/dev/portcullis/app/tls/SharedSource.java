package dev.portcullis.app.tls;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What gates share, asked for every few seconds: often enough, and seldom enough for whoever answers. */
final class SharedSource implements ServingCertificate.Source {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration WHILE_MISSING = Duration.ofSeconds(1);

    private final SharedCertificate.Store store;
    private final String name;
    private final Clock clock;
    private @Nullable PemFiles last;
    private Instant next = Instant.EPOCH;

    SharedSource(SharedCertificate.Store store, String name, Clock clock) {
        this.store = store;
        this.name = name;
        this.clock = clock;
    }

    // Whatever the store runs into, the pair in use stays.
    @SuppressWarnings("CatchingUnchecked")
    @Override
    public @Nullable PemFiles read() throws UnusableCertificateException {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return last;
        }
        next = now.plus(last == null ? WHILE_MISSING : EVERY);
        try {
            last = SharedCertificate.pair(store.read(), name);
            return last;
        } catch (RuntimeException failed) {
            throw new UnusableCertificateException(name + " cannot be read: " + failed.getMessage(), failed);
        }
    }
}
