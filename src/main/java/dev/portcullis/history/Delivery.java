package dev.portcullis.history;

/** Brings batches to where they are kept. */
@FunctionalInterface
public interface Delivery {
    /**
     * Brings one, and returns once it is kept.
     *
     * @throws UndeliveredException where it is not known to be kept
     */
    void deliver(byte[] batch) throws UndeliveredException, InterruptedException;
}
