package dev.portcullis.scan;

/** What is done with what a {@link Survey} finds. Called by one thread at a time, which looks no further meanwhile. */
public interface Told {
    /** Everything that is found of one workload, in place of what was found before. */
    void judged(Surveyed surveyed);

    /** A workload that was told of is there no more, or no longer stands for itself. */
    void gone(ObjectKey key);

    /** An object is of no kind that an API server would store. */
    default void unreadable(ObjectKey key, String problem) {
        // what cannot be read is told by those who have a place for it
    }
}
