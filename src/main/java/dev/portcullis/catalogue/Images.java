package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What checks ask of the images that containers name. */
final class Images {
    private static final String UNKNOWN = "the image's configuration is not known here (check --image-config FILE)";

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern ZERO = Pattern.compile("[+-]?0+");

    private Images() {}

    /** What is known of a container's image. */
    static Optional<ImageConfig> of(Workload workload, Container container) {
        return container.image() instanceof Setting.Declared<String> image
                ? workload.images().find(image.value())
                : Optional.empty();
    }

    /** Hands on what is known of a container's image, and where it is named; an image that is not known is skipped. */
    static void ask(
            Workload workload,
            Container container,
            Findings findings,
            BiConsumer<ImageConfig, Setting.Declared<String>> ask) {
        Optional<ImageConfig> known = of(workload, container);
        if (known.isPresent() && container.image() instanceof Setting.Declared<String> image) {
            ask.accept(known.get(), image);
        } else {
            skip(container, findings);
        }
    }

    /** Says that a container's image would have to be known. */
    static void skip(Container container, Findings findings) {
        findings.skip(container, UNKNOWN);
    }

    /** Names a container's image in a sentence that goes on about it. */
    static String named(Setting.Declared<String> image) {
        return "is " + Words.value(image.value());
    }

    /** Whether an image's own user is root; an image without one runs as root. */
    static boolean isRoot(ImageConfig image) {
        String user = user(image);
        return user == null || user.equals("root") || ZERO.matcher(user).matches();
    }

    /** Whether an image's own user is a number other than 0, so that nobody has to look into the image to know. */
    static boolean isNumberOtherThanRoot(ImageConfig image) {
        String user = user(image);
        return user != null && NUMBER.matcher(user).matches() && !isRoot(image);
    }

    /** An image's own user without the group, null where it has none. */
    static @Nullable String user(ImageConfig image) {
        if (image.user() == null) {
            return null;
        }
        String user = image.user().split(":", 2)[0];
        return user.isEmpty() ? null : user;
    }
}
