package dev.portcullis.check;

/**
 * A value that a policy may set for a check.
 *
 * @param defaultValue a {@link Long}, or a {@link java.util.List} of strings; the type is the parameter's type
 */
public record Parameter(String name, Object defaultValue, String description) {}
