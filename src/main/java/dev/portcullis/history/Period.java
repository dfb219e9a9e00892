package dev.portcullis.history;

import java.util.List;

/**
 * What came about in a time, for a digest. Counts are those of whole hours that begin in it, and the largest 10,000 at most; owners
 * are the latest 1,000 at most.
 *
 * @param outcomes by namespace
 * @param checks by namespace
 * @param begun owners that were denied for the first time, and are still
 * @param ended owners that were denied and were let in
 */
public record Period(List<OutcomeCount> outcomes, List<CheckCount> checks, List<Denial> begun, List<Denial> ended) {
    /**
     * How often a request of a namespace had an outcome.
     *
     * @param namespace empty where there is none
     */
    public record OutcomeCount(String namespace, String outcome, long times) {}

    /**
     * How often a check spoke against a request of a namespace.
     *
     * @param namespace empty where there is none
     */
    public record CheckCount(String namespace, String check, String mode, long times) {}
}
