package dev.portcullis.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a plugin answers on its socket as an engine would ask it when it starts: a socket that is left over does not. */
final class PluginAnswer {
    private static final byte[] ACTIVATE = "POST /Plugin.Activate HTTP/1.0\r\nHost: plugin\r\nContent-Length: 0\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 4_096;
    /** What one question may take at least. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final String OTHER = "what answers is no authorization plugin";

    private PluginAnswer() {}

    /**
     * Asks until somebody answers.
     *
     * @return what was wrong in the end; empty where it answers
     */
    static String await(Path socket, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            String problem = ask(socket, Math.max(SHORTEST.toNanos(), end - System.nanoTime()));
            if (problem.isEmpty() || problem.equals(OTHER) || end - System.nanoTime() < PAUSE.toNanos()) {
                return problem;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static String ask(Path socket, long nanos) throws InterruptedException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            CompletableFuture<String> said = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    said.complete(exchange(channel, socket));
                } catch (IOException | RuntimeException failed) {
                    said.completeExceptionally(failed);
                }
            });
            String answer = said.get(nanos, TimeUnit.NANOSECONDS);
            return answer.contains(" 200 ") && answer.contains("\"authz\"") ? "" : OTHER;
        } catch (TimeoutException silent) {
            return "somebody listens and does not answer";
        } catch (IOException | ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return "nobody answers (" + cause.getMessage() + ")";
        }
    }

    private static String exchange(SocketChannel channel, Path socket) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(socket));
        ByteBuffer question = ByteBuffer.wrap(ACTIVATE);
        while (question.hasRemaining()) {
            channel.write(question);
        }
        return new String(Channels.newInputStream(channel).readNBytes(LONGEST), StandardCharsets.US_ASCII);
    }
}
