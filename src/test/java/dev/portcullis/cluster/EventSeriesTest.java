package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of what an API server is told, and when. */
class EventSeriesTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final EventSeries series = new EventSeries();

    @Test
    void tellsOfTheFirstAtOnceAndOfTheOthersTogetherAfterAPause() {
        assertThat(series.due(NOON)).isEmpty();
        series.add(owner("web"), "privileged", NOON);
        EventSeries.Series first = due(NOON);
        assertThat(first.count).isEqualTo(1);
        first.told(NOON);

        series.add(owner("web"), "privileged", NOON.plusSeconds(1));
        series.add(owner("web"), "privileged", NOON.plusSeconds(2));
        assertThat(series.due(NOON.plus(EventSeries.PAUSE).minusMillis(1))).isEmpty();
        EventSeries.Series again = due(NOON.plus(EventSeries.PAUSE));
        assertThat(again).isSameAs(first);
        assertThat(again.count).isEqualTo(3);
        assertThat(again.last).isEqualTo(NOON.plusSeconds(2));
        again.told(NOON.plus(EventSeries.PAUSE));
        assertThat(series.due(NOON.plusSeconds(100))).isEmpty();
    }

    @Test
    void keepsOwnersAndReasonsApart() {
        series.add(owner("web"), "privileged", NOON);
        series.add(owner("web"), "host-pid", NOON);
        series.add(owner("shop"), "privileged", NOON);
        assertThat(series.due(NOON)).hasSize(3).allMatch(each -> each.count == 1);
    }

    @Test
    void hearsOfFewReasonsOfOneOwnerUntilTheOldAreForgotten() {
        for (int i = 0; i < EventSeries.MOST_OF_ONE_OWNER; i++) {
            assertThat(series.add(owner("web"), "reason " + i, NOON)).isTrue();
        }
        assertThat(series.add(owner("web"), "one more", NOON)).isFalse();
        assertThat(series.add(owner("web"), "reason 0", NOON)).as("is known").isTrue();
        assertThat(series.add(owner("shop"), "one more", NOON)).isTrue();

        Instant later = NOON.plus(EventSeries.LIFE);
        assertThat(series.add(owner("web"), "one more", later.minusMillis(1))).isFalse();
        assertThat(series.add(owner("web"), "one more", later)).isTrue();
        assertThat(due(later).note).isEqualTo("one more");
    }

    @Test
    void remembersSoManyAndNoMore() {
        for (int i = 0; i < EventSeries.MOST; i++) {
            assertThat(series.add(owner("web-" + i), "privileged", NOON)).isTrue();
        }
        assertThat(series.add(owner("web"), "privileged", NOON)).isFalse();
        assertThat(series.add(owner("web"), "privileged", NOON.plus(Duration.ofHours(1))))
                .isTrue();
    }

    private EventSeries.Series due(Instant now) {
        List<EventSeries.Series> due = series.due(now);
        assertThat(due).hasSize(1);
        return due.getFirst();
    }

    private static ObjectReference owner(String name) {
        return new ObjectReferenceBuilder()
                .withName(name)
                .withUid("uid of " + name)
                .build();
    }
}
