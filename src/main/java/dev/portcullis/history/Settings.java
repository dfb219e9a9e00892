package dev.portcullis.history;

import java.time.Duration;

/**
 * Where and how long the history is kept.
 *
 * @param age of a decision from which it is removed
 * @param bytes that decisions may take, without their indexes; the oldest go first
 * @param bodyBytes that what was asked may take, compressed; the oldest go first
 * @param decides whether this process decides itself: that it lives is then written down, so that outages can be told
 */
public record Settings(Place place, Duration age, long bytes, long bodyBytes, boolean decides) {
    /** Of a process that decides. */
    public Settings(Place place, Duration age, long bytes, long bodyBytes) {
        this(place, age, bytes, bodyBytes, true);
    }
}
