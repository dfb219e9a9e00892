package dev.portcullis.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A thread that puts decisions away, tries again for as long as it cannot, and says once when that begins and once when it
 * ends.
 */
final class Worker implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Logger log;
    private final Duration longestPause;
    private final String again;
    private final Task task;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean failing;

    /** What is done from the beginning to the end, by looking at {@link #isClosing()}. */
    interface Task {
        void run() throws InterruptedException;
    }

    /** One attempt. */
    interface Attempt {
        /** Whether nothing more is to be done. */
        boolean succeeds() throws InterruptedException;
    }

    /**
     * A worker that does not run yet.
     *
     * @param again said once it goes well after it had failed
     */
    Worker(String name, Logger log, Duration longestPause, String again, Task task) {
        this.log = log;
        this.longestPause = longestPause;
        this.again = again;
        this.task = task;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            task.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosing() {
        return closing;
    }

    boolean isFailing() {
        return failing;
    }

    /** Waits longer from one attempt to the next. */
    void untilDone(Attempt attempt) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!attempt.succeeds()) {
            Thread.sleep(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(longestPause) > 0 ? longestPause : longer;
        }
    }

    void failed(String sentence, @Nullable Throwable cause) {
        if (!failing) {
            log.error("{}; decisions go on, and {} are kept until it can be", sentence, Pending.MOST);
            log.debug("the cause", cause);
        }
        failing = true;
    }

    void recovered() {
        if (failing) {
            log.info(again);
        }
        failing = false;
    }

    /** Lets the task put away what waits, for a few seconds at most. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(FAREWELL)) {
                thread.interrupt();
                thread.join(FAREWELL);
            }
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
