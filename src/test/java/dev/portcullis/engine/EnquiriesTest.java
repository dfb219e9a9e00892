package dev.portcullis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many decisions ask an engine at once. */
class EnquiriesTest {
    private static final int AT_ONCE = 8;

    private final Enquiries enquiries = new Enquiries(new KnownEngine(), Duration.ofMillis(20));

    @Test
    void asksForEightAtOnceAndForTheNextWhereOneHasEnded() throws Exception {
        List<Enquiry> asking = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            asking.add(enquiries.begin());
        }
        assertThatThrownBy(enquiries::begin)
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("was not asked: too many requests are waiting for its answers");
        asking.getFirst().close();
        enquiries.begin().close();
        enquiries.begin();
    }

    @Test
    void waitsForNobodyOnceItIsToStop() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(enquiries::begin).hasMessageContaining("about to stop");
        assertThat(Thread.interrupted()).as("is left for the caller to see").isTrue();
    }
}
