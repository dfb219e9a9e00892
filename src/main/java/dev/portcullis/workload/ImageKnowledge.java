package dev.portcullis.workload;

import java.util.Optional;

/** What is known of images beyond their names. */
@FunctionalInterface
public interface ImageKnowledge {
    /** Knows nothing. */
    ImageKnowledge NONE = reference -> Optional.empty();

    /**
     * The configuration of an image.
     *
     * @param reference as a container names it
     */
    Optional<ImageConfig> find(String reference);
}
