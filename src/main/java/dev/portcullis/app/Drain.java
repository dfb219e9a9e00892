package dev.portcullis.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/**
 * The time between being told to stop and stopping: not ready, so that no new client comes, while those that hold connections
 * are still answered, and told to close them. An API server does not try again what it sent into a connection that closes.
 */
final class Drain implements SmartLifecycle, BooleanSupplier {
    private final Duration time;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean draining;

    Drain(Duration time) {
        this.time = time;
    }

    /** Whether it goes on. */
    @Override
    public boolean getAsBoolean() {
        return draining;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        draining = true;
        try {
            boolean _ = over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server stops to listen. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
