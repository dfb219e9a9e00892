package dev.portcullis.history;

import java.time.Duration;

/**
 * Where and how long the history is kept.
 *
 * @param age of a decision from which it is removed
 * @param bytes that decisions may take, without their indexes; the oldest go first
 * @param bodyBytes that what was asked may take, compressed; the oldest go first
 */
public record Settings(Place place, Duration age, long bytes, long bodyBytes) {}
