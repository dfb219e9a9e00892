package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Namespace;
import dev.portcullis.policy.NamespaceKnowledge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NamespaceLookupTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void manyWhoAskAtOnceGetOneAnswer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (NamespaceLookup lookup = new NamespaceLookup(
                        name -> {
                            asked.incrementAndGet();
                            await(answer);
                            return known(name);
                        },
                        clock::get);
                var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<NamespaceKnowledge>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(askers.submit(() -> lookup.of("shop")));
            }
            answer.countDown();
            for (Future<NamespaceKnowledge> one : answers) {
                assertThat(one.get()).isEqualTo(known("shop"));
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatIsNotThereIsAskedForAgainSoon() {
        NamespaceKnowledge[] now = {NamespaceLookup.MISSING};
        try (NamespaceLookup lookup = new NamespaceLookup(_ -> now[0], clock::get)) {
            assertThat(lookup.of("shop")).isEqualTo(NamespaceLookup.MISSING);
            now[0] = known("shop");
            assertThat(lookup.of("shop")).isEqualTo(NamespaceLookup.MISSING);
            clock.addAndGet(Duration.ofMillis(501).toNanos());
            assertThat(lookup.of("shop")).isEqualTo(known("shop"));
        }
    }

    @Test
    void anErrorIsNoAnswer() {
        try (NamespaceLookup lookup = new NamespaceLookup(
                _ -> {
                    throw new IllegalStateException("the API server is away");
                },
                clock::get)) {
            assertThat(lookup.of("shop")).isEqualTo(NamespaceLookup.UNKNOWN);
        }
    }

    @Test
    void whoDoesNotAnswerInTimeIsNotWaitedFor() {
        CountDownLatch never = new CountDownLatch(1);
        try (NamespaceLookup lookup = new NamespaceLookup(
                name -> {
                    await(never);
                    return known(name);
                },
                clock::get)) {
            long begun = System.nanoTime();
            assertThat(lookup.of("shop")).isEqualTo(NamespaceLookup.UNKNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static NamespaceKnowledge known(String name) {
        return new NamespaceKnowledge.Known(new Namespace(name, Map.of(), Map.of(), "u"));
    }
}
