package dev.portcullis.catalogue;

import dev.portcullis.check.Criteria;
import dev.portcullis.check.Level;
import dev.portcullis.workload.Workload;

/** What the Pod Security Standards stopped asking of some pods, by version. The hardened profile grants only the first. */
final class PodSecurityWaivers {
    private PodSecurityWaivers() {}

    /** Linux settings on Windows pods, since 1.25. */
    static boolean windows(Workload workload, Criteria criteria) {
        return workload.windows()
                && (criteria.level() == Level.HARDENED || criteria.version().atLeast(25));
    }

    /** What a user namespace makes harmless, since 1.35. */
    static boolean userNamespace(Workload workload, Criteria criteria) {
        return criteria.level() != Level.HARDENED
                && criteria.version().atLeast(35)
                && workload.hostUsers().declares(false);
    }
}
