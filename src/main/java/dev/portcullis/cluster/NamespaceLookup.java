package dev.portcullis.cluster;

import dev.portcullis.policy.NamespaceKnowledge;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Asks the cluster for namespaces that no cache has yet: one question for all who ask for the same at once, few at a time,
 * each answered within two seconds.
 */
final class NamespaceLookup implements AutoCloseable {
    static final NamespaceKnowledge MISSING = new NamespaceKnowledge.Unavailable("does not exist");
    static final NamespaceKnowledge UNKNOWN = new NamespaceKnowledge.Unavailable("could not be looked up");

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);
    private static final Duration NOT_KNOWN_FOR = Duration.ofMillis(500);
    private static final int MOST_AT_ONCE = 16;
    private static final int MOST_REMEMBERED = 1_000;

    private final Function<String, NamespaceKnowledge> question;
    private final LongSupplier nanoTime;
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** An answer that may still be on its way. */
    private record Answer(CompletableFuture<NamespaceKnowledge> knowledge, long asked) {}

    /**
     * A look-up.
     *
     * @param question asks the cluster; may take its time, and may fail
     * @param nanoTime by which answers grow old
     */
    NamespaceLookup(Function<String, NamespaceKnowledge> question, LongSupplier nanoTime) {
        this.question = question;
        this.nanoTime = nanoTime;
    }

    /** What the cluster says of a namespace, now or a moment ago. */
    NamespaceKnowledge of(String name) {
        if (answers.size() > MOST_REMEMBERED) {
            answers.values().removeIf(this::isOld);
        }
        Answer answer = answers.compute(name, (_, known) -> known == null || isOld(known) ? ask(name) : known);
        try {
            return answer.knowledge().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            return UNKNOWN;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    private boolean isOld(Answer answer) {
        if (!answer.knowledge().isDone()) {
            return false;
        }
        boolean known = answer.knowledge().getNow(UNKNOWN) instanceof NamespaceKnowledge.Known;
        Duration lasts = known ? KNOWN_FOR : NOT_KNOWN_FOR;
        return nanoTime.getAsLong() - answer.asked() > lasts.toNanos();
    }

    private Answer ask(String name) {
        return new Answer(
                CompletableFuture.supplyAsync(() -> askInTurn(name), askers).exceptionally(_ -> UNKNOWN),
                nanoTime.getAsLong());
    }

    private NamespaceKnowledge askInTurn(String name) {
        if (!tryPlace()) {
            return UNKNOWN;
        }
        try {
            return question.apply(name);
        } finally {
            places.release();
        }
    }

    private boolean tryPlace() {
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
