package dev.portcullis.history;

import org.jspecify.annotations.Nullable;

/**
 * Which results are asked for.
 *
 * @param workloads whose, and of which check, severity and mode
 * @param exempt those for which there is leave, instead of those that count
 * @param text occurs, in any case, in the workload's name, the field or the message; null for any
 */
public record ResultFilter(
        WorkloadFilter workloads, boolean exempt, @Nullable String text) {}
