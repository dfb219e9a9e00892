package dev.portcullis.console;

/**
 * A way to log in.
 *
 * @param about what it is, for people; nothing secret
 */
public record LoginRow(String way, String about) {}
