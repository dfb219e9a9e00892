package dev.portcullis.check;

import dev.portcullis.workload.Platform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check is, as documentation, reports and profiles tell it.
 *
 * @param id stable, kebab-case
 * @param revision raised whenever a verdict changes
 * @param title one line, what it asks
 * @param why one or two sentences, what goes wrong without it
 * @param standard its place in the Pod Security Standards, null where they do not know it
 * @param kubernetes the fields of a pod it reads, null where a pod cannot say it
 * @param docker the fields of a container-create body it reads, null where Docker cannot say it
 * @param references controls of known benchmarks that ask the same
 */
public record CheckInfo(
        String id,
        int revision,
        Severity severity,
        String title,
        String why,
        @Nullable PodSecurityStandard standard,
        @Nullable String kubernetes,
        @Nullable String docker,
        List<String> references,
        List<Parameter> parameters) {

    /** Whether a platform has anything that this asks about. */
    public boolean concerns(Platform platform) {
        return switch (platform) {
            case KUBERNETES -> kubernetes != null;
            case DOCKER -> docker != null;
        };
    }

    /** The parameters that no policy has changed. */
    public Parameters defaults() {
        return Parameters.of(this, Map.of());
    }
}
