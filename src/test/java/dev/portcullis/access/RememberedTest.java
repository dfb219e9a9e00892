package dev.portcullis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private long now;
    private final Remembered<String> answers =
            new Remembered<>(() -> Instant.ofEpochMilli(now), Duration.ofMinutes(1), 2);

    @Test
    void anAnswerHoldsForAWhile() {
        assertThat(answers.get("a", () -> "first")).isEqualTo("first");
        now += 59_999;
        assertThat(answers.get("a", () -> "second")).isEqualTo("first");
        now += 1;
        assertThat(answers.known("a")).isNull();
        assertThat(answers.get("a", () -> "second")).isEqualTo("second");
    }

    @Test
    void theLastThatWereUsedAreKept() {
        answers.get("a", () -> "1");
        answers.get("b", () -> "2");
        answers.known("a");
        answers.get("c", () -> "3");
        assertThat(answers.known("b")).isNull();
        assertThat(answers.known("a")).isEqualTo("1");
    }

    @Test
    void aFailureIsNotRemembered() {
        assertThatThrownBy(() -> answers.get("a", () -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
        assertThat(answers.get("a", () -> "there")).isEqualTo("there");
    }

    @Test
    void manyWhoAskAtOnceAskOnce() {
        AtomicInteger asked = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.execute(() -> answers.get("a", () -> "" + asked.incrementAndGet()));
            }
        }
        assertThat(asked).hasValue(1);
    }
}
