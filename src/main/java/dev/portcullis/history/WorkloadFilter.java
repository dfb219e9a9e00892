package dev.portcullis.history;

import dev.portcullis.check.Severity;
import dev.portcullis.policy.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Which workloads are asked for: those for which all of it holds that is not null; check, severity and mode of one finding.
 *
 * @param within what it is looked for in
 * @param text occurs, in any case, in the name, the namespace or the kind
 */
public record WorkloadFilter(
        @Nullable String cluster,
        @Nullable String namespace,
        @Nullable String kind,
        @Nullable String name,
        @Nullable String check,
        @Nullable Severity severity,
        @Nullable Mode mode,
        Scope within,
        @Nullable String text) {
    /** In all that runs, those of any name. */
    public WorkloadFilter(
            @Nullable String cluster,
            @Nullable String namespace,
            @Nullable String kind,
            @Nullable String name,
            @Nullable String check,
            @Nullable Severity severity,
            @Nullable Mode mode) {
        this(cluster, namespace, kind, name, check, severity, mode, Scope.ALL, null);
    }

    /** Those of them within what a view is narrowed to. */
    public WorkloadFilter in(Scope narrowed) {
        return new WorkloadFilter(cluster, namespace, kind, name, check, severity, mode, narrowed, text);
    }

    /** Those of them in which a text occurs; null for all of them. */
    public WorkloadFilter containing(@Nullable String wanted) {
        return new WorkloadFilter(cluster, namespace, kind, name, check, severity, mode, within, wanted);
    }
}
