package dev.portcullis.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few results.
 *
 * @param next the cursor by which the list goes on; null where it ends
 */
public record ResultPage(
        List<WorkloadResult> results, @Nullable String next) {}
