package dev.portcullis.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLISECOND = 1_000_000;

    private long now;
    private final List<Long> rests = new ArrayList<>();
    private final Pace pace = new Pace(() -> now, nanoseconds -> {
        rests.add(nanoseconds);
        now += nanoseconds;
    });

    private void work(long milliseconds) {
        now += milliseconds * MILLISECOND;
        pace.step();
    }

    @Test
    void restsForAsLongAsItWorkedAndNotForTheRestItself() {
        work(4);
        work(4);
        assertThat(rests).isEmpty();

        work(4);
        work(4);
        work(30);

        assertThat(rests).containsExactly(12 * MILLISECOND, 34 * MILLISECOND);
    }

    @Test
    void doesNotRestForAnApiServersLongSilence() {
        work(60_000);

        assertThat(rests).containsExactly(500 * MILLISECOND);
    }
}
