package dev.portcullis.workload;

/**
 * One change to a document. Values are plain Java: Boolean, Long, String, and List or Map of these.
 */
public sealed interface Edit {
    /** Where the change goes. */
    FieldPath path();

    /** Writes a member, making the objects above it that are missing; of an instruction of a Dockerfile the keyword. */
    record Set(FieldPath path, Object value) implements Edit {}

    /** Adds an element at the end of a list, making the list and the objects above it where they are missing. */
    record Append(FieldPath path, Object value) implements Edit {}

    /**
     * Takes elements out of a list: those objects whose member {@code key} is {@code name}.
     *
     * @param path the list
     */
    record Remove(FieldPath path, String key, String name) implements Edit {}
}
