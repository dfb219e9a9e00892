package dev.portcullis.notify;

import java.time.Duration;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * How long something is tried.
 *
 * @param first the pause after the first attempt; each is twice the one before, and up to a half longer by chance
 * @param longest the longest of them
 * @param inAll after which it is given up
 * @param attempts after how many it is given up
 */
record Patience(Duration first, Duration longest, Duration inAll, int attempts) {
    static final int ATTEMPTS = 20;

    static Patience of(Duration inAll) {
        return new Patience(Duration.ofSeconds(1), Duration.ofMinutes(5), inAll, ATTEMPTS);
    }

    /** The pauses. */
    BackOffExecution begin() {
        ExponentialBackOff pauses = new ExponentialBackOff(first.toMillis(), 2);
        pauses.setMaxInterval(longest.toMillis());
        pauses.setJitter(first.toMillis() / 2);
        pauses.setMaxAttempts(attempts - 1L);
        return pauses.start();
    }
}
