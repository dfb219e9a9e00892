package dev.portcullis.policy;

import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Subject;
import java.util.Collections;
import java.util.Set;

/**
 * What a policy applies to; an empty set means everything.
 *
 * @param namespaces Kubernetes namespaces it looks into, by their labels
 * @param excludedNamespaces Kubernetes namespaces it leaves alone
 * @param objects Kubernetes objects it looks at, by their labels
 * @param kinds Kubernetes kinds it looks at
 * @param users who must ask for it, beside those of the groups
 * @param groups of whom one must ask for it, beside the users
 */
public record Match(
        Set<Platform> platforms,
        Selector namespaces,
        Set<String> excludedNamespaces,
        Selector objects,
        Set<String> kinds,
        Set<String> users,
        Set<String> groups) {
    /** Everything. */
    public static final Match EVERYTHING = new Match(Set.of(), Set.of(), Set.of());

    /** What it makes of a subject. */
    enum Coverage {
        /** The policy applies. */
        YES,
        /** It does as far as anybody can know. */
        ASSUMED,
        /** Whether it does should be known, and is not. */
        UNKNOWN,
        /** It does not apply. */
        NO
    }

    /** One that asks neither for labels nor for who asks. */
    public Match(Set<Platform> platforms, Set<String> excludedNamespaces, Set<String> kinds) {
        this(platforms, Selector.EVERYTHING, excludedNamespaces, Selector.EVERYTHING, kinds, Set.of(), Set.of());
    }

    /** Everything on one platform. */
    public static Match on(Platform platform) {
        return new Match(Set.of(platform), Set.of(), Set.of());
    }

    /** The namespace's labels are asked for last, and only where all else holds: they may have to be looked up. */
    Coverage covers(Subject subject, Circumstances circumstances) {
        if ((!platforms.isEmpty() && !platforms.contains(subject.platform())) || !names(circumstances.requester())) {
            return Coverage.NO;
        }
        if (subject.platform() != Platform.KUBERNETES) {
            return Coverage.YES;
        }
        String namespace = subject.namespace();
        if ((namespace != null && excludedNamespaces.contains(namespace))
                || (!kinds.isEmpty() && !kinds.contains(subject.kind()))
                || !objects.chooses(circumstances.labels())) {
            return Coverage.NO;
        }
        if (namespaces.choosesEverything()) {
            return Coverage.YES;
        }
        return switch (circumstances.namespace()) {
            case NamespaceKnowledge.Known known ->
                namespaces.chooses(known.namespace().labels()) ? Coverage.YES : Coverage.NO;
            case NamespaceKnowledge.Assumed _ -> Coverage.ASSUMED;
            case NamespaceKnowledge.Unavailable _ -> Coverage.UNKNOWN;
        };
    }

    private boolean names(Requester requester) {
        String user = requester.user();
        return (users.isEmpty() && groups.isEmpty())
                || (user != null && users.contains(user))
                || !Collections.disjoint(groups, requester.groups());
    }
}
