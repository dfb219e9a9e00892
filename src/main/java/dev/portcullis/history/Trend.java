package dev.portcullis.history;

import java.time.Instant;
import java.util.List;

/**
 * Counts over time, of whole hours.
 *
 * @param hours those in which anything was decided, the earliest first
 * @param checks those that spoke against anything, the most frequent first, 100 at most
 */
public record Trend(List<Hour> hours, List<CheckCount> checks) {
    /** How many of each outcome there were in the hour that begins then. */
    public record Hour(Instant begins, long allow, long warn, long deny) {}

    /** How often a check spoke against something in a mode. */
    public record CheckCount(String check, String mode, long times) {}
}
