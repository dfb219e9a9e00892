package dev.portcullis.console;

import dev.portcullis.policy.BoundCheck;
import dev.portcullis.policy.Policy;
import dev.portcullis.resource.Origins.Origin;
import dev.portcullis.workload.Platform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy, as the console tells of it.
 *
 * @param source its file, {@code cluster}, or {@code built-in}
 * @param status {@code in-force}; {@code last-good} where an earlier version is; {@code unusable} where none is
 * @param problem why its newest version cannot be used; null where it can
 * @param platforms those that it is for; none means all
 * @param profile null, like what follows, where it cannot be read
 * @param version of the Pod Security Standards that it holds to
 * @param mode the strictest in which it asks anything
 * @param checks how many checks it asks in each mode
 */
record PolicyRow(
        String name,
        String source,
        String status,
        @Nullable String problem,
        List<String> platforms,
        @Nullable String profile,
        @Nullable String version,
        @Nullable String mode,
        @Nullable Map<String, Long> checks) {
    /** What no two have alike: the built-in policy has a part for each platform. */
    String id() {
        return name + " " + String.join(",", platforms);
    }

    /**
     * One in force.
     *
     * @param origin null where it is built in
     */
    static PolicyRow of(Policy policy, @Nullable Origin origin) {
        Map<String, Long> checks = policy.checks().stream()
                .map(BoundCheck::mode)
                .collect(Collectors.groupingBy(mode -> mode.id(), TreeMap::new, Collectors.counting()));
        String problem = origin == null ? null : origin.problem();
        return new PolicyRow(
                policy.name(),
                origin == null ? "built-in" : origin.source(),
                problem == null ? "in-force" : "last-good",
                problem,
                policy.platforms().stream().map(Platform::id).sorted().toList(),
                policy.profile().id(),
                policy.version().toString(),
                policy.strictest().id(),
                checks);
    }

    /** One that cannot be used at all. */
    static PolicyRow unusable(Origin origin) {
        return new PolicyRow(
                origin.id(), origin.source(), "unusable", origin.problem(), List.of(), null, null, null, null);
    }
}
