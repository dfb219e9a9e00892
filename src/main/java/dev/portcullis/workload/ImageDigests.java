package dev.portcullis.workload;

import java.util.Optional;

/** What is known of where tags point. Asked on the way of a request: it answers from memory. */
@FunctionalInterface
public interface ImageDigests {
    /** Knows nothing. */
    ImageDigests NONE = image -> Optional.empty();

    /**
     * The digest of the image that a tag names; of an image for several platforms, that of the index.
     *
     * @param image one without a digest of its own; without a tag it means {@code latest}
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    Optional<String> digestOf(ImageReference image);
}
