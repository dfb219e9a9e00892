package dev.portcullis.history;

import java.time.Instant;

/**
 * A version of the policies that was in force.
 *
 * @param firstAt when it was seen in force first
 * @param lastAt when it was last; to the minute while it is in force
 * @param source files, {@code cluster} or {@code built-in}
 */
public record PolicyVersion(String version, Instant firstAt, Instant lastAt, String source) {}
