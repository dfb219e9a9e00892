package dev.portcullis.history;

import java.time.Instant;
import java.util.List;

/**
 * How what runs stood over time.
 *
 * @param points the earliest first: one an hour, and of days more than a week past one a day
 */
public record Posture(List<Point> points) {
    /**
     * How things stood.
     *
     * @param at the beginning of the hour in which they did
     * @param workloads how many there were
     * @param violating how many of them the gate would have denied
     * @param warned how many others it would have warned of
     * @param critical findings of that severity, leave aside
     */
    public record Point(
            Instant at, long workloads, long violating, long warned, long critical, long high, long medium, long low) {}
}
