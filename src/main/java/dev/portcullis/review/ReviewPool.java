package dev.portcullis.review;

import dev.portcullis.http.HttpError;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs dry runs on a few threads of the operating system's own: a long one on a virtual thread would keep its carrier
 * from admission requests, which these threads cannot.
 */
public final class ReviewPool implements AutoCloseable {
    private final Semaphore places;
    private final ThreadPoolExecutor threads;

    /**
     * A pool.
     *
     * @param concurrency dry runs at once
     * @param waiting dry runs that wait; one more is told to come again
     */
    public ReviewPool(int concurrency, int waiting) {
        this.places = new Semaphore(concurrency + waiting);
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("review-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a dry run and waits for it.
     *
     * @throws HttpError 429 when too many wait already, 503 when the server is stopping
     */
    Answer run(Callable<Answer> dryRun) throws HttpError, UnreadableInputException {
        if (!places.tryAcquire()) {
            throw new HttpError(429, "too many dry runs at once: try again in a second");
        }
        try {
            return await(threads.submit(dryRun));
        } catch (RejectedExecutionException e) {
            throw stopping();
        } finally {
            places.release();
        }
    }

    private static Answer await(Future<Answer> answer) throws HttpError, UnreadableInputException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw stopping();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreadableInputException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("a dry run failed", e.getCause());
        }
    }

    private static HttpError stopping() {
        return new HttpError(503, "the server is stopping: try again in a second");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
