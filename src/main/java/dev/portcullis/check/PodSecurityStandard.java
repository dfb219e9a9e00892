package dev.portcullis.check;

import org.jspecify.annotations.Nullable;

/**
 * Since when the Pod Security Standards ask this.
 *
 * @param baselineSince null where baseline does not ask
 * @param restrictedSince null where restricted does not ask
 */
public record PodSecurityStandard(
        @Nullable KubernetesVersion baselineSince, @Nullable KubernetesVersion restrictedSince) {

    /** Asked by baseline, and so by restricted, since 1.{@code minor}. */
    public static PodSecurityStandard baseline(int minor) {
        return new PodSecurityStandard(new KubernetesVersion(minor), new KubernetesVersion(minor));
    }

    /** Asked by restricted alone since 1.{@code minor}. */
    public static PodSecurityStandard restricted(int minor) {
        return new PodSecurityStandard(null, new KubernetesVersion(minor));
    }

    /** Whether a level asks this at a version. */
    public boolean asks(Level level, KubernetesVersion version) {
        KubernetesVersion since = level == Level.BASELINE ? baselineSince : restrictedSince;
        return since != null && version.compareTo(since) >= 0;
    }
}
