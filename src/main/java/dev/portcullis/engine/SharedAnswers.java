package dev.portcullis.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks an engine in turns, and the same but once for all who wait for their turn with it. Everybody gets an answer that was
 * given after asking for it, never what was known before.
 */
final class SharedAnswers implements EngineView {
    private final EngineView engine;
    private final Turns turns;
    private final Duration patience;
    private final Map<String, CompletableFuture<Outcome>> waiting = new HashMap<>();

    /**
     * The answers of an engine.
     *
     * @param patience for one answer, once its question has been put
     */
    SharedAnswers(EngineView engine, Turns turns, Duration patience) {
        this.engine = engine;
        this.turns = turns;
        this.patience = patience;
    }

    @Override
    public Optional<JsonNode> image(String name, Deadline deadline) throws EngineUnavailableException {
        return ask("image " + name, until -> engine.image(name, until), deadline);
    }

    @Override
    public Optional<JsonNode> container(String name, Deadline deadline) throws EngineUnavailableException {
        return ask("container " + name, until -> engine.container(name, until), deadline);
    }

    @Override
    public Optional<JsonNode> volume(String name, Deadline deadline) throws EngineUnavailableException {
        return ask("volume " + name, until -> engine.volume(name, until), deadline);
    }

    private interface Asking {
        Optional<JsonNode> ask(Deadline until) throws EngineUnavailableException;
    }

    /** What comes of a question that has been put: an answer, or why there is none. */
    private sealed interface Outcome {
        record Answered(Optional<JsonNode> answer) implements Outcome {}

        record Failed(EngineUnavailableException why) implements Outcome {}

        /** Its time was over, or that of whoever was to put it: an engine that is busy may answer others yet. */
        record Abandoned() implements Outcome {}
    }

    private Optional<JsonNode> ask(String what, Asking asking, Deadline deadline) throws EngineUnavailableException {
        while (true) {
            CompletableFuture<Outcome> mine = new CompletableFuture<>();
            CompletableFuture<Outcome> others = join(what, mine);
            if (others == null) {
                return put(what, mine, asking, deadline);
            }
            switch (await(others, deadline)) {
                case Outcome.Answered answered -> {
                    return answered.answer();
                }
                case Outcome.Failed failed -> throw failed.why();
                case Outcome.Abandoned _ -> {}
            }
        }
    }

    /** What comes of the same question that waits for its turn already; null where this is the first. */
    private @Nullable CompletableFuture<Outcome> join(String what, CompletableFuture<Outcome> mine) {
        synchronized (waiting) {
            return waiting.putIfAbsent(what, mine);
        }
    }

    private Optional<JsonNode> put(String what, CompletableFuture<Outcome> mine, Asking asking, Deadline deadline)
            throws EngineUnavailableException {
        Outcome outcome = new Outcome.Abandoned();
        try {
            begin(what, deadline);
            Deadline until = deadline.orIn(patience);
            try {
                Optional<JsonNode> answer = asking.ask(until);
                outcome = new Outcome.Answered(answer);
                return answer;
            } catch (EngineUnavailableException failed) {
                if (until.left() > 0) {
                    outcome = new Outcome.Failed(failed);
                }
                throw failed;
            } finally {
                turns.end();
            }
        } finally {
            mine.complete(outcome);
        }
    }

    /** Waits for a turn. Whoever asks from then on is too late for this question's answer. */
    private void begin(String what, Deadline deadline) throws EngineUnavailableException {
        try {
            turns.begin(deadline);
        } finally {
            synchronized (waiting) {
                waiting.remove(what);
            }
        }
    }

    private static Outcome await(CompletableFuture<Outcome> others, Deadline deadline)
            throws EngineUnavailableException {
        try {
            return others.get(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLate) {
            throw new EngineUnavailableException("did not answer in time");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailableException("was not asked: the gate is about to stop");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a question has no outcome", impossible);
        }
    }
}
