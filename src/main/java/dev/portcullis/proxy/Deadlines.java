package dev.portcullis.proxy;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long. One thread for all connections: what it does must not block. */
final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    Deadlines() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("proxy-deadlines").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Does something after a while.
     *
     * @return cancel it to be in time
     */
    Future<?> after(Duration time, Runnable end) {
        return timer.schedule(end, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
