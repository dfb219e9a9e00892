package dev.portcullis.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few workloads.
 *
 * @param next the cursor by which the list goes on; null where it ends
 */
public record WorkloadPage(
        List<WorkloadState> workloads, @Nullable String next) {}
