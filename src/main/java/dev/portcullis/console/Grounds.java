package dev.portcullis.console;

import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.scan.ScanException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is tried on beside the history.
 *
 * @param known of namespaces
 * @param running what runs; null where there is no cluster
 */
public record Grounds(ClusterKnowledge known, @Nullable Running running) {
    /** Judges what a cluster runs by two policies. */
    @FunctionalInterface
    public interface Running {
        /**
         * Looks at everything once.
         *
         * @param namespace the one that is looked at; null for all
         * @param told is given both reports on each workload
         * @throws ScanException where not everything could be looked at
         */
        void compare(PolicySet before, PolicySet after, @Nullable String namespace, BiConsumer<Report, Report> told)
                throws ScanException;
    }
}
