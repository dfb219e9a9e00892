package dev.portcullis.policy;

import dev.portcullis.workload.Platform;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One workload's leave to fail certain checks.
 *
 * @param namespace where the exemption itself is held; null for one in a file that names none
 * @param checks ids of checks, and {@code rules/NAME} for a policy's own rules
 * @param owner who answers for it
 * @param expiresAt from this moment on it counts no more
 */
public record Exemption(
        @Nullable String namespace,
        String name,
        Holder subject,
        Set<String> checks,
        String owner,
        String reason,
        Instant expiresAt) {

    /**
     * The workload that has the leave.
     *
     * @param namespace null on platforms that have none
     * @param containers those it is for; empty means all of them
     */
    public record Holder(
            Platform platform, @Nullable String namespace, String kind, String name, Set<String> containers) {}

    /** As people refer to it: {@code NAMESPACE/NAME}. */
    public String id() {
        return namespace == null ? name : namespace + "/" + name;
    }

    /** Whether it counts at a moment. */
    public boolean countsAt(Instant now) {
        return now.isBefore(expiresAt);
    }
}
