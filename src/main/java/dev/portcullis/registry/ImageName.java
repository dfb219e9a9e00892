package dev.portcullis.registry;

import dev.portcullis.workload.ImageReference;
import java.util.Optional;

/**
 * A tag in a registry, the same whichever way it is written.
 *
 * @param repository without the registry
 */
record ImageName(Host registry, String repository, String tag) {
    /** Empty where a reference names no tag, or a registry that has no valid host. */
    static Optional<ImageName> of(ImageReference image) {
        if (image.isIdentifier() || image.digest() != null) {
            return Optional.empty();
        }
        String tag = image.tag() == null ? "latest" : image.tag();
        return Host.ofRegistry(image.registry()).map(host -> new ImageName(host, image.repository(), tag));
    }

    @Override
    public String toString() {
        return registry + "/" + repository + ":" + tag;
    }
}
