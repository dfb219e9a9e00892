package dev.portcullis.docker;

import java.util.Optional;

/** Booleans that are written as text. */
final class GoFlag {
    private GoFlag() {}

    /** Go's {@code strconv.ParseBool}, empty where that refuses. */
    static Optional<Boolean> parse(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Optional.of(true);
            case "0", "f", "F", "FALSE", "false", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
