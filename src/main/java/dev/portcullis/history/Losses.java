package dev.portcullis.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Counts, in a file that outlives the process, the decisions that were taken for the history and those that it has, so that
 * the next process can tell how many were lost when this one was killed.
 */
final class Losses implements AutoCloseable {
    private static final int TAKEN = 0;
    private static final int SETTLED = Long.BYTES;
    private static final int SIZE = 2 * Long.BYTES;

    private final @Nullable FileChannel file;
    private final ByteBuffer counts;

    private Losses(@Nullable FileChannel file, ByteBuffer counts) {
        this.file = file;
        this.counts = counts;
    }

    /** Where there is no folder for a file: nothing outlives the process. */
    static Losses forgotten() {
        return new Losses(null, ByteBuffer.allocate(SIZE));
    }

    /** Opens the file, making it where it is missing. */
    static Losses in(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Losses(channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
    }

    /** How many an earlier process took and did not settle; counts anew from here on. */
    synchronized long ofEarlier() {
        long lost = Math.max(0, counts.getLong(TAKEN) - counts.getLong(SETTLED));
        counts.putLong(TAKEN, 0).putLong(SETTLED, 0);
        return lost;
    }

    /** One more was taken. */
    synchronized void take() {
        counts.putLong(TAKEN, counts.getLong(TAKEN) + 1);
    }

    /** So many are in the database, or have been counted as lost. */
    synchronized void settle(int more) {
        counts.putLong(SETTLED, counts.getLong(SETTLED) + more);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
