package dev.portcullis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What many get of an engine that is asked one question at a time. */
@Timeout(30)
class SharedAnswersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SlowEngine engine = new SlowEngine();
    private EngineView answers = new SharedAnswers(engine, new Turns(1), PATIENCE);

    @Test
    void asksOnceForAllWhoWaitAndAgainForWhoComesLater() throws Exception {
        FutureTask<String> first = ask("app:1", Duration.ofMinutes(1));
        engine.awaitQuestion("app:1");
        List<FutureTask<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(ask("app:1", Duration.ofMinutes(1)));
        }
        FutureTask<String> other = ask("other:1", Duration.ofMinutes(2));
        engine.answer("before");
        assertThat(first.get()).isEqualTo("before");

        engine.awaitQuestion("app:1");
        FutureTask<String> late = ask("app:1", Duration.ofMinutes(3));
        engine.answer("after");
        for (FutureTask<String> each : waiting) {
            assertThat(each.get()).isEqualTo("after");
        }
        engine.awaitQuestion("other:1");
        engine.answer("of another");
        assertThat(other.get()).isEqualTo("of another");
        engine.awaitQuestion("app:1");
        engine.answer("later");
        assertThat(late.get()).isEqualTo("later");
    }

    @Test
    void tellsAllWhoWaitWhyThereIsNoAnswer() throws Exception {
        FutureTask<String> first = ask("app:1", Duration.ofMinutes(1));
        engine.awaitQuestion("app:1");
        FutureTask<String> second = ask("app:1", Duration.ofMinutes(1));
        FutureTask<String> third = ask("app:1", Duration.ofMinutes(1));
        engine.answer("before");
        first.get();
        engine.awaitQuestion("app:1");
        engine.fail();
        for (FutureTask<String> each : List.of(second, third)) {
            assertThatThrownBy(each::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("is broken");
        }
    }

    /** Who has more time does not lose it to who was first to wait. */
    @Test
    void asksAgainWhereTheTimeOfWhoWaitedFirstIsOver() throws Exception {
        FutureTask<String> first = ask("other:1", Duration.ofMinutes(1));
        engine.awaitQuestion("other:1");
        FutureTask<String> hurried = ask("app:1", Duration.ofMillis(200));
        FutureTask<String> patient = ask("app:1", Duration.ofMinutes(1));
        assertThatThrownBy(hurried::get)
                .hasRootCauseMessage("was not asked: too many requests are waiting for its answers");
        engine.answer("of another");
        first.get();
        engine.awaitQuestion("app:1");
        engine.answer("in time");
        assertThat(patient.get()).isEqualTo("in time");
    }

    /** An engine that has not answered in the little time that was left may be one that answers in time. */
    @Test
    void asksAgainWhereTheTimeOfWhoAskedIsOver() throws Exception {
        FutureTask<String> first = ask("other:1", Duration.ofMinutes(1));
        engine.awaitQuestion("other:1");
        FutureTask<String> hurried = ask("app:1", Duration.ofSeconds(1));
        FutureTask<String> patient = ask("app:1", Duration.ofMinutes(1));
        engine.answer("of another");
        first.get();
        Deadline over = engine.awaitQuestion("app:1");
        await().until(() -> over.left() <= 0);
        engine.fail();
        assertThatThrownBy(hurried::get).hasRootCauseMessage("is broken");
        engine.awaitQuestion("app:1");
        engine.answer("in time");
        assertThat(patient.get()).isEqualTo("in time");
    }

    /** One slow answer of a busy engine does not deny all who wait for it. */
    @Test
    void asksAgainWhereTheEngineWasSilentForTooLong() throws Exception {
        answers = new SharedAnswers(engine, new Turns(1), Duration.ofMillis(300));
        FutureTask<String> first = ask("other:1", Duration.ofMinutes(1));
        engine.awaitQuestion("other:1");
        FutureTask<String> unlucky = ask("app:1", Duration.ofMinutes(1));
        FutureTask<String> other = ask("app:1", Duration.ofMinutes(1));
        engine.answer("of another");
        first.get();
        Deadline over = engine.awaitQuestion("app:1");
        await().until(() -> over.left() <= 0);
        engine.fail();
        assertThatThrownBy(unlucky::get).hasRootCauseMessage("is broken");
        engine.awaitQuestion("app:1");
        engine.answer("in time");
        assertThat(other.get()).isEqualTo("in time");
    }

    @Test
    void waitsForOneAnswerNoLongerThanItsPatienceNorThanTheDecision() throws Exception {
        var _ = ask("app:1", Duration.ofMinutes(1));
        assertThat(engine.awaitQuestion("app:1").left()).isPositive().isLessThanOrEqualTo(PATIENCE.toNanos());
        engine.answer("");
        var _ = ask("app:1", Duration.ofSeconds(2));
        assertThat(engine.awaitQuestion("app:1").left())
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofSeconds(2).toNanos());
        engine.answer("");
    }

    /** Begins to ask, and waits until the engine is asked or others are waited for. */
    private FutureTask<String> ask(String image, Duration time) {
        FutureTask<String> answer = new FutureTask<>(
                () -> answers.image(image, Deadline.in(time)).orElseThrow().stringValue());
        Thread thread = Thread.ofVirtual().start(answer);
        await().until(() ->
                thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING);
        return answer;
    }

    /** Answers when a test says so. */
    private static final class SlowEngine implements EngineView {
        private final LinkedBlockingQueue<Question> questions = new LinkedBlockingQueue<>();
        private Question current = new Question("", Deadline.in(Duration.ZERO), new CompletableFuture<>());

        private record Question(String image, Deadline deadline, CompletableFuture<Optional<JsonNode>> answer) {}

        @Override
        public Optional<JsonNode> image(String name, Deadline deadline) throws EngineUnavailableException {
            Question question = new Question(name, deadline, new CompletableFuture<>());
            questions.add(question);
            try {
                return question.answer().get();
            } catch (ExecutionException broken) {
                throw new EngineUnavailableException("is broken");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Optional<JsonNode> container(String name, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public Optional<JsonNode> volume(String name, Deadline deadline) {
            return Optional.empty();
        }

        /** The next question that it is asked: of this image, or the test fails. */
        Deadline awaitQuestion(String image) throws InterruptedException {
            current = questions.take();
            assertThat(current.image()).isEqualTo(image);
            return current.deadline();
        }

        void answer(String text) {
            current.answer().complete(Optional.of(StringNode.valueOf(text)));
        }

        void fail() {
            current.answer().completeExceptionally(new IllegalStateException());
        }
    }
}
