package dev.portcullis.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The test data beside the project: the folder named by the system property {@code portcullis.shared} or the environment
 * variable {@code PORTCULLIS_SHARED}, else {@code ../shared}.
 */
public final class Shared {
    private Shared() {}

    /** A file or folder of the shared data; the test is skipped where it is absent. */
    public static Path path(String relative) {
        Path path = root().resolve(relative);
        Assumptions.assumeTrue(
                Files.exists(path),
                () -> "skipped: no " + relative + " under " + root()
                        + "; set PORTCULLIS_SHARED to the folder of shared test data");
        return path;
    }

    /** Where the shared data is looked for; it need not exist. */
    public static Path root() {
        return setting("portcullis.shared", "PORTCULLIS_SHARED")
                .map(Path::of)
                .orElse(Path.of("..", "shared"))
                .toAbsolutePath()
                .normalize();
    }

    static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
