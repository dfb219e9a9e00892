package dev.portcullis.check;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that a policy may set for a check.
 *
 * @param defaultValue a {@link Long}, or a {@link java.util.List} of strings; the type is the parameter's type
 * @param onlyHardened whether it changes verdicts in the hardened reading only: the Pod Security Standards' own profiles
 *     are to the letter
 * @param shape how each string of a list is written, null where any text will do
 */
public record Parameter(
        String name,
        Object defaultValue,
        String description,
        boolean onlyHardened,
        @Nullable Shape shape) {
    /**
     * How a text is written.
     *
     * @param pattern what the whole of it matches
     * @param words the same for people, following "must be": {@code NAME=NUMBER}
     */
    public record Shape(Pattern pattern, String words) {}

    /** One that counts in every profile. */
    public Parameter(String name, Object defaultValue, String description) {
        this(name, defaultValue, description, false, null);
    }

    /** One without a shape. */
    public Parameter(String name, Object defaultValue, String description, boolean onlyHardened) {
        this(name, defaultValue, description, onlyHardened, null);
    }
}
