package dev.portcullis.policy;

import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Subject;
import java.util.Set;

/**
 * What a policy applies to; an empty set means everything.
 *
 * @param excludedNamespaces Kubernetes namespaces it leaves alone
 * @param kinds Kubernetes kinds it looks at
 */
public record Match(Set<Platform> platforms, Set<String> excludedNamespaces, Set<String> kinds) {
    /** Everything. */
    public static final Match EVERYTHING = new Match(Set.of(), Set.of(), Set.of());

    /** Everything on one platform. */
    public static Match on(Platform platform) {
        return new Match(Set.of(platform), Set.of(), Set.of());
    }

    boolean covers(Subject subject) {
        if (!platforms.isEmpty() && !platforms.contains(subject.platform())) {
            return false;
        }
        if (subject.platform() != Platform.KUBERNETES) {
            return true;
        }
        String namespace = subject.namespace();
        return (namespace == null || !excludedNamespaces.contains(namespace))
                && (kinds.isEmpty() || kinds.contains(subject.kind()));
    }
}
