package dev.portcullis.policy;

/** What is known of the namespace of something that is judged. */
public sealed interface NamespaceKnowledge {
    /** It is known. */
    record Known(Namespace namespace) implements NamespaceKnowledge {}

    /** Nobody can know it, for there is no cluster: what depends on it is judged as if it matched, and says so. */
    record Assumed() implements NamespaceKnowledge {}

    /**
     * It should be known and is not: what depends on it cannot be judged, which denies where it is enforced.
     *
     * @param why following "namespace NAME": {@code could not be looked up}
     */
    record Unavailable(String why) implements NamespaceKnowledge {}
}
