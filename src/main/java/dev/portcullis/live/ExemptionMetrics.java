package dev.portcullis.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Shows how many of the exemptions in force stand how. */
public record ExemptionMetrics(InForce inForce, IntSupplier invalid, ExemptionUse use, InstantSource clock) {
    /** Shows them from now on. */
    public void register(MeterRegistry registry) {
        for (ExemptionState state : ExemptionState.values()) {
            Gauge.builder("portcullis.exemptions", () -> count(state))
                    .description("Exemptions that policies heed")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private long count(ExemptionState state) {
        Instant now = clock.instant();
        return state == ExemptionState.INVALID
                ? invalid.getAsInt()
                : inForce.get().exemptions().stream()
                        .filter(exemption -> ExemptionState.of(exemption, now, use) == state)
                        .count();
    }
}
