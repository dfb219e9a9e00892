package dev.portcullis.review;

import dev.portcullis.http.HttpError;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs dry runs on a few threads of the operating system's own: a long one on a virtual thread would keep its carrier
 * from admission requests, which these threads cannot.
 */
public final class ReviewPool implements AutoCloseable {
    private final ThreadPoolExecutor threads;

    /**
     * A pool.
     *
     * @param concurrency dry runs at once
     * @param waiting dry runs that wait; one more is told to come again
     */
    public ReviewPool(int concurrency, int waiting) {
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("review-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a dry run and waits for it.
     *
     * @throws HttpError 429 when too many wait already, 503 when the server is stopping
     */
    Answer run(Callable<Answer> dryRun) throws HttpError, UnreadableInputException {
        Future<Answer> future;
        try {
            future = threads.submit(dryRun);
        } catch (RejectedExecutionException e) {
            throw new HttpError(429, "too many dry runs at once: try again in a second");
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new HttpError(503, "the server is stopping: try again in a second");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreadableInputException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("a dry run failed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
