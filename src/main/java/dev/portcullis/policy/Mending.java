package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes what a report changes, and what is to be changed after that. */
public final class Mending {
    private static final int MOST_ROUNDS = 3;

    private Mending() {}

    /** Judges a subject as it is after changes. */
    public interface Again<E extends Exception> {
        /** What is found then. */
        Report judge() throws E;
    }

    /**
     * Makes changes until there is none left to make, since one that writes over something can make room for another.
     *
     * @param change makes changes, and tells whether there was anything to do
     * @return what is found of the subject as it is then, empty where it has changed since it was judged last
     */
    public static <E extends Exception> Optional<Report> mend(
            Report report, Predicate<List<AppliedFix>> change, Again<E> again) throws E {
        Report next = report;
        for (int round = 1; change.test(next.applied()); round++) {
            if (!next.overwrites() || round == MOST_ROUNDS) {
                return Optional.empty();
            }
            next = again.judge();
        }
        return Optional.of(next);
    }
}
