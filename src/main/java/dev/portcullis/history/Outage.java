package dev.portcullis.history;

import java.time.Instant;
import java.util.List;

/**
 * A time in which no decision could be made, and so none was written down.
 *
 * @param entered what was made meanwhile and still runs, the latest first, 500 at most
 */
public record Outage(Instant began, Instant ended, List<WorkloadState> entered) {}
