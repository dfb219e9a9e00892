package dev.portcullis.check;

/**
 * A value that a policy may set for a check.
 *
 * @param defaultValue a {@link Long}, or a {@link java.util.List} of strings; the type is the parameter's type
 * @param onlyHardened whether it changes verdicts in the hardened reading only: the Pod Security Standards' own profiles
 *     are to the letter
 */
public record Parameter(String name, Object defaultValue, String description, boolean onlyHardened) {
    /** One that counts in every profile. */
    public Parameter(String name, Object defaultValue, String description) {
        this(name, defaultValue, description, false);
    }
}
