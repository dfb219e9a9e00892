package dev.portcullis.history;

import dev.portcullis.check.Severity;
import dev.portcullis.policy.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Which workloads are asked for: those for which all of it holds that is not null; check, severity and mode of one finding.
 *
 * @param within what it is looked for in
 */
public record WorkloadFilter(
        @Nullable String cluster,
        @Nullable String namespace,
        @Nullable String kind,
        @Nullable String name,
        @Nullable String check,
        @Nullable Severity severity,
        @Nullable Mode mode,
        Scope within) {
    /** In all that runs. */
    public WorkloadFilter(
            @Nullable String cluster,
            @Nullable String namespace,
            @Nullable String kind,
            @Nullable String name,
            @Nullable String check,
            @Nullable Severity severity,
            @Nullable Mode mode) {
        this(cluster, namespace, kind, name, check, severity, mode, Scope.ALL);
    }
}
