package dev.portcullis.docker;

import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.ImageReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Configurations of images by what containers call them. A digest counts alone where a reference has one, as engines read it;
 * else registry, repository and tag must be the same, and no tag means {@code latest}.
 */
public final class KnownImages implements ImageKnowledge {
    private final Map<String, ImageConfig> byName = new HashMap<>();

    /**
     * Adds what an image says.
     *
     * @param name a reference, or the image's own id
     * @throws IllegalArgumentException where the name is none, or something else is known of it
     */
    public void add(String name, ImageConfig config) {
        String key = key(name);
        if (key == null) {
            throw new IllegalArgumentException(MalformedBodyException.quoted(name) + " is no valid image name");
        }
        ImageConfig known = byName.put(key, config);
        if (known != null && !known.equals(config)) {
            throw new IllegalArgumentException(
                    "two configurations are given for " + MalformedBodyException.quoted(name) + ": keep one of them");
        }
    }

    @Override
    public Optional<ImageConfig> find(String reference) {
        return Optional.ofNullable(byName.get(key(reference)));
    }

    private static @Nullable String key(String name) {
        return ImageReference.parse(name).map(KnownImages::key).orElse(null);
    }

    private static String key(ImageReference image) {
        if (image.isIdentifier()) {
            return String.valueOf(image.digest());
        }
        String repository = image.registry() + "/" + image.repository();
        if (image.digest() != null) {
            return repository + "@" + image.digest();
        }
        return repository + ":" + (image.tag() == null ? "latest" : image.tag());
    }
}
