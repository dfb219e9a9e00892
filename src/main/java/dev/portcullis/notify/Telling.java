package dev.portcullis.notify;

import java.time.Instant;
import java.util.List;

/** A way to tell a target of what was decided. */
interface Telling extends AutoCloseable {
    /** How many events one message may have; further ones are counted. */
    int most();

    /**
     * Tells once.
     *
     * @param id of the message, the same whenever it is sent
     * @param at when it was made
     * @param more how many further events there are
     */
    void tell(String id, Instant at, List<Event> events, int more) throws UnsentException, InterruptedException;

    /** Tells that this is a test. */
    void test(String id, Instant at) throws UnsentException, InterruptedException;

    @Override
    void close();
}
