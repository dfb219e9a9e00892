package dev.portcullis.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** How a gate does: how long its latest decisions took. Safe for use by many threads. */
final class Timings {
    static final Duration LATELY = Duration.ofMinutes(5);

    /** Of more, the latest count. */
    static final int MOST = 2_000;

    private final Supplier<GateState> itself;
    private final long[] made = new long[MOST];
    private final long[] micros = new long[MOST];
    private long count;

    /** @param itself what the gate is */
    Timings(Supplier<GateState> itself) {
        this.itself = itself;
    }

    synchronized void add(List<Entry> entries) {
        for (Entry entry : entries) {
            int at = (int) (count++ % MOST);
            made[at] = entry.at().toEpochMilli();
            micros[at] = entry.took().toNanos() / 1_000;
        }
    }

    /**
     * What it says of itself now.
     *
     * @param waiting decisions that are not kept yet
     * @param lost decisions that will never be
     */
    synchronized GateState state(Instant now, long waiting, double lost, boolean leaving) {
        long since = now.minus(LATELY).toEpochMilli();
        long[] lately = IntStream.range(0, (int) Math.min(count, MOST))
                .filter(at -> made[at] >= since)
                .mapToLong(at -> micros[at])
                .toArray();
        Arrays.sort(lately);
        GateState gate = itself.get();
        return new GateState(
                gate.cluster(),
                gate.instance(),
                gate.version(),
                gate.policies(),
                gate.certificateEnds(),
                lately.length,
                lately.length == 0 ? null : (Long) lately[(lately.length - 1) / 2],
                lately.length == 0 ? null : (Long) lately[(lately.length * 99 + 99) / 100 - 1],
                waiting,
                (long) lost,
                leaving);
    }
}
