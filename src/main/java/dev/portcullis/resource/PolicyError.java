package dev.portcullis.resource;

import dev.portcullis.document.Position;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a policy.
 *
 * @param source the file or folder, as it was named
 * @param position where in the file, null where no one place is meant
 * @param message one printable line: the field, what is wrong with it, and what to do
 */
public record PolicyError(String source, @Nullable Position position, String message) {
    /** As compilers write it: {@code policy.yaml:12:5: spec.mode: ...}. */
    @Override
    public String toString() {
        return withPlace(message);
    }

    /** A text after the place, in the same form. */
    public String withPlace(String text) {
        String place = position == null ? "" : ":" + position.line() + ":" + position.column();
        return source + place + ": " + text;
    }
}
