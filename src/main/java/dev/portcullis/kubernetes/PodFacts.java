package dev.portcullis.kubernetes;

import dev.portcullis.workload.Setting.Observation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pod that stands elsewhere in its cluster.
 *
 * @param hostPaths the directories of the host behind its PersistentVolumeClaims, by the claims' names
 * @param networkIsolated whether no other workload reaches it unasked; null where nobody has looked
 * @param pidsLimit the most processes it may have, by its node; 0 or less means unlimited, null that nobody has looked
 */
public record PodFacts(
        Map<String, String> hostPaths,
        @Nullable Observation<Boolean> networkIsolated,
        @Nullable Observation<Long> pidsLimit) {
    /** Nobody has looked. */
    public static final PodFacts UNKNOWN = new PodFacts(Map.of(), null, null);
}
