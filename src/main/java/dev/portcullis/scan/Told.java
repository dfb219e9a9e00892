package dev.portcullis.scan;

/** What is done with what a {@link Survey} finds. Called by one thread at a time, which looks no further meanwhile. */
public interface Told {
    /** Does nothing. */
    Told NOBODY = new Told() {
        @Override
        public void judged(Surveyed surveyed) {
            // nobody wants to know
        }

        @Override
        public void gone(ObjectKey key) {
            // nobody wants to know
        }
    };

    /** Everything that is found of one workload, in place of what was found before. */
    void judged(Surveyed surveyed);

    /** A workload that was told of is there no more, or no longer stands for itself. */
    void gone(ObjectKey key);

    /** All that there is has been looked at; called again and again, every few seconds. */
    default void settled() {
        // there need be nothing left to do
    }

    /** An object is of no kind that an API server would store. */
    default void unreadable(ObjectKey key, String problem) {
        // what cannot be read is told by those who have a place for it
    }

    /** Tells two. */
    static Told both(Told one, Told other) {
        return new Told() {
            @Override
            public void judged(Surveyed surveyed) {
                one.judged(surveyed);
                other.judged(surveyed);
            }

            @Override
            public void gone(ObjectKey key) {
                one.gone(key);
                other.gone(key);
            }

            @Override
            public void settled() {
                one.settled();
                other.settled();
            }

            @Override
            public void unreadable(ObjectKey key, String problem) {
                one.unreadable(key, problem);
                other.unreadable(key, problem);
            }
        };
    }
}
