package dev.portcullis.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One finding of one workload that runs; the components are those of {@link WorkloadState} and {@link WorkloadFinding}.
 *
 * @param namespace empty where there is none
 * @param judgedAt when the workload was last judged
 * @param changedAt when what is found of it last became another
 */
public record WorkloadResult(
        String cluster,
        String namespace,
        String kind,
        String name,
        Instant judgedAt,
        Instant changedAt,
        String check,
        String result,
        String severity,
        String mode,
        String policy,
        @Nullable String container,
        @Nullable String field,
        @Nullable JsonNode value,
        String message,
        @Nullable JsonNode fix,
        @Nullable String exemption,
        Instant since) {}
