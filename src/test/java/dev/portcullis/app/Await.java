package dev.portcullis.app;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, ten seconds at most. */
final class Await {
    private Await() {}

    static void until(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not come true within ten seconds");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
