package dev.portcullis.history;

/**
 * What a check finds now of what runs.
 *
 * @param workloads how many it speaks against
 * @param example what it says of one of them
 */
public record CheckFailures(long workloads, String example) {}
