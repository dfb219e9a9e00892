package dev.portcullis.inspection;

/** Writes a report while its inspections come, so that it need not be held as a whole. */
public interface ReportWriter {
    /** One more, in the order in which they are told. */
    void add(Inspection inspection);

    /** How it compares with docker-bench-security, in forms that have a place for it; told once, before the end. */
    default void compare(BenchComparison comparison) {
        // most forms have findings alone
    }

    /**
     * There are no more.
     *
     * @param tally the count of all that were added
     */
    void end(Tally tally);
}
