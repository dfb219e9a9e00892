package dev.portcullis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may ask an engine, and when. */
@Timeout(30)
class TurnsTest {
    private static final Deadline FAR = Deadline.in(Duration.ofMinutes(5));

    private final Turns turns = new Turns(2);

    @Test
    void letsNoMoreAskAtOnceThanItSays() throws Exception {
        turns.begin(FAR);
        turns.begin(FAR);
        assertThatThrownBy(() -> turns.begin(Deadline.in(Duration.ofMillis(20))))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("was not asked: too many requests are waiting for its answers");
        turns.end();
        turns.begin(FAR);
    }

    @Test
    void givesTheTurnToWhomTheLeastTimeIsLeftAndAmongEqualsToWhoCameFirst() throws Exception {
        turns.begin(FAR);
        turns.begin(FAR);
        Deadline near = Deadline.in(Duration.ofMinutes(1));
        Queue<String> came = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(3);
        for (Waiting waiting :
                List.of(new Waiting("far", FAR), new Waiting("near", near), new Waiting("near too", near))) {
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    turns.begin(waiting.until());
                    came.add(waiting.who());
                    turns.end();
                    all.countDown();
                } catch (EngineUnavailableException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }
        turns.end();
        all.await();
        assertThat(came).containsExactly("near", "near too", "far");
    }

    @Test
    void waitsForNobodyOnceItIsToStopAndKeepsNoTurn() throws Exception {
        turns.begin(FAR);
        turns.begin(FAR);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.begin(FAR)).hasMessageContaining("about to stop");
        assertThat(Thread.interrupted()).as("is left for the caller to see").isTrue();
        turns.end();
        turns.begin(FAR);
    }

    /** Its turn may have come by then: it is not lost. */
    @Test
    void losesNoTurnOfWhoIsToStop() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.begin(FAR)).hasMessageContaining("about to stop");
        assertThat(Thread.interrupted()).isTrue();
        turns.begin(FAR);
        turns.begin(Deadline.in(Duration.ofSeconds(5)));
    }

    private record Waiting(String who, Deadline until) {}
}
