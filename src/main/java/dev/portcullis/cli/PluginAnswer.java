package dev.portcullis.cli;

import dev.portcullis.engine.Deadline;
import dev.portcullis.engine.SocketQuestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Whether a plugin answers on its socket as an engine would ask it when it starts: a socket that is left over does not. */
final class PluginAnswer {
    private static final String ACTIVATE =
            "POST /Plugin.Activate HTTP/1.0\r\nHost: plugin\r\nContent-Length: 0\r\n\r\n";
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

    private static String ask(Path socket, long nanos) {
        Deadline deadline = Deadline.in(Duration.ofNanos(nanos));
        try {
            String answer =
                    new String(SocketQuestion.ask(socket, ACTIVATE, LONGEST, deadline), StandardCharsets.US_ASCII);
            return answer.contains(" 200 ") && answer.contains("\"authz\"") ? "" : OTHER;
        } catch (IOException | IllegalArgumentException failed) {
            return deadline.left() <= 0
                    ? "somebody listens and does not answer"
                    : "nobody answers (" + failed.getMessage() + ")";
        }
    }
}
