package dev.portcullis.cluster;

/** What became of a status that was to be written. */
public enum StatusResult {
    /** It stands. */
    WRITTEN,
    /** The resource has changed or gone since: its next event tells. */
    OUTDATED,
    /** The gate may not write it. */
    FORBIDDEN,
    /** Something else went wrong; try again later. */
    FAILED
}
