package dev.portcullis.cel;

/**
 * The type of a variable, in the short form of the schema: {@code string}, {@code int}, {@code double}, {@code bool},
 * {@code dyn}, {@code [T]} for a list, {@code {T}} for a map from strings, else the name of an object of the schema.
 *
 * @param notation that form
 */
public record Type(String notation) {
    /** Any value. */
    public static final Type DYN = new Type("dyn");

    /** Text. */
    public static final Type STRING = new Type("string");

    /** A whole number. */
    public static final Type INT = new Type("int");

    /** True or false. */
    public static final Type BOOL = new Type("bool");
}
