package dev.portcullis.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One question to whoever listens on a unix socket, who answers and closes. */
public final class SocketQuestion {
    /** Closes the connections whose time is over, which ends whatever waits for them. */
    private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

    private SocketQuestion() {}

    private static ScheduledThreadPoolExecutor deadlines() {
        var deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("engine-deadlines").daemon().factory());
        deadlines.setRemoveOnCancelPolicy(true);
        return deadlines;
    }

    /**
     * Asks, and reads the answer to its end.
     *
     * @param question in ASCII
     * @param most bytes of an answer; of a longer one the beginning is given, which is longer than that
     * @throws IOException where nobody listens, or the time is over
     * @throws IllegalArgumentException where the path is too long for a socket
     */
    public static byte[] ask(Path socket, String question, int most, Deadline deadline) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            ScheduledFuture<?> end =
                    DEADLINES.schedule(() -> close(channel), Math.max(0, deadline.left()), TimeUnit.NANOSECONDS);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return exchange(channel, question, most);
            } finally {
                end.cancel(false);
            }
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // it was to be thrown away
        }
    }

    private static byte[] exchange(SocketChannel channel, String question, int most) throws IOException {
        ByteBuffer text = ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII));
        while (text.hasRemaining()) {
            channel.write(text);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(16 * 1024);
        while (answer.size() <= most && channel.read(part) >= 0) {
            answer.write(part.array(), 0, part.position());
            part.clear();
        }
        return answer.toByteArray();
    }
}
