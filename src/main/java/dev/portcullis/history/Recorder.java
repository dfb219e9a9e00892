package dev.portcullis.history;

import java.util.function.Supplier;

/** Takes decisions so that they are kept, here or elsewhere. Safe for use by many threads. */
@FunctionalInterface
public interface Recorder {
    /**
     * Takes a decision, without waiting.
     *
     * @param bytes that are kept in memory until it is written
     * @param entry makes the entry, later and by another thread
     * @return false where there was no room for it
     */
    boolean record(long bytes, Supplier<Entry> entry);
}
