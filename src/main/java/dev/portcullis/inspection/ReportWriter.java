package dev.portcullis.inspection;

/** Writes a report while its inspections come, so that it need not be held as a whole. */
public interface ReportWriter {
    /** One more, in the order in which they are told. */
    void add(Inspection inspection);

    /**
     * There are no more.
     *
     * @param tally the count of all that were added
     */
    void end(Tally tally);
}
