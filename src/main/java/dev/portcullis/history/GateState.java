package dev.portcullis.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gate says of itself.
 *
 * @param cluster what its cluster or machine is called
 * @param instance its pod, or its machine and process
 * @param version of the program; null where it does not know
 * @param policies the version of its policies
 * @param certificateEnds when the certificate ends that it serves with; null while it has none
 * @param decisions how many it made in the last five minutes, of its last 2,000
 * @param p50Micros within how many microseconds half of them were made; null where there are none
 * @param p99Micros the same of 99 in 100
 * @param waiting decisions that are not kept yet
 * @param lost decisions that will never be, since it started
 * @param leaving whether it is about to end
 */
public record GateState(
        String cluster,
        String instance,
        @Nullable String version,
        @Nullable String policies,
        @Nullable Instant certificateEnds,
        long decisions,
        @Nullable Long p50Micros,
        @Nullable Long p99Micros,
        long waiting,
        long lost,
        boolean leaving) {
    /** Cuts what is longer than the history keeps. */
    public GateState {
        cluster = Kept.text(cluster);
        instance = Kept.text(instance);
        version = Kept.textOrNull(version);
        policies = policies == null ? null : Kept.text(policies, 1024);
    }

    /** What it is; how it does is added by what takes its decisions. */
    public GateState(
            String cluster,
            String instance,
            @Nullable String version,
            @Nullable String policies,
            @Nullable Instant certificateEnds) {
        this(cluster, instance, version, policies, certificateEnds, 0, null, null, 0, 0, false);
    }
}
