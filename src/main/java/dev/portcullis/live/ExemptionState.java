package dev.portcullis.live;

import dev.portcullis.policy.Exemption;
import java.time.Duration;
import java.time.Instant;

/** How an exemption stands at a moment; the first that holds is meant. */
enum ExemptionState {
    INVALID,
    EXPIRED,
    EXPIRING,
    UNUSED,
    ACTIVE;

    private static final Duration SOON = Duration.ofDays(7);

    static ExemptionState of(Exemption exemption, Instant now, ExemptionUse use) {
        if (!exemption.countsAt(now)) {
            return EXPIRED;
        }
        if (!exemption.countsAt(now.plus(SOON))) {
            return EXPIRING;
        }
        return use.isUsed(exemption) ? ACTIVE : UNUSED;
    }
}
