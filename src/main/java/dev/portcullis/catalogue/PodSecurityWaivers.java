package dev.portcullis.catalogue;

import dev.portcullis.check.Criteria;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Level;
import dev.portcullis.workload.Workload;

/** What the Pod Security Standards stopped asking of some pods, by version. The hardened profile grants only the first. */
final class PodSecurityWaivers {
    private PodSecurityWaivers() {}

    /**
     * Linux settings on Windows pods, since 1.25: passed over aloud.
     *
     * @param matter the setting with its verb: {@code capabilities do}
     */
    static boolean windows(Workload workload, Criteria criteria, String matter, Findings findings) {
        boolean waived = workload.windows()
                && (criteria.level() == Level.HARDENED || criteria.version().atLeast(25));
        if (waived) {
            findings.skip(null, matter + " not apply to Windows workloads");
        }
        return waived;
    }

    /** What a user namespace makes harmless, since 1.35. */
    static boolean userNamespace(Workload workload, Criteria criteria) {
        return criteria.level() != Level.HARDENED
                && criteria.version().atLeast(35)
                && workload.hostUsers().declares(false);
    }
}
