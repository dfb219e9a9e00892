package dev.portcullis.console;

import dev.portcullis.history.Scope;

/**
 * A view of what runs that whoever runs the console has named. It gives nobody a right.
 *
 * @param name as addresses have it
 * @param title for people, as it was written
 */
public record Board(String name, String title, Scope scope) {}
