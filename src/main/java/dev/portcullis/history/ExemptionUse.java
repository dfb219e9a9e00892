package dev.portcullis.history;

/**
 * How much an exemption is used.
 *
 * @param workloads how many of those that run it gives leave to
 * @param decisions in how many of those that are kept it gave leave, {@link #MOST_DECISIONS} at most
 */
public record ExemptionUse(long workloads, long decisions) {
    /** Not at all. */
    public static final ExemptionUse NONE = new ExemptionUse(0, 0);

    /** How many decisions are counted. */
    public static final int MOST_DECISIONS = 1_000;
}
