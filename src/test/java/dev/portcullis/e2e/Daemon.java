package dev.portcullis.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** A program that runs beside the tests, writes its output to a log file, and never outlives this JVM. */
final class Daemon implements AutoCloseable {
    /** Where logs stay for a look after the run. */
    static final Path LOGS = Path.of("target", "e2e").toAbsolutePath();

    // The shell becomes the program. Its watcher reads the JVM's pipe to the end, which comes when the JVM closes it
    // and
    // also where the JVM is killed and runs no shutdown hook, and then ends the program: asked first, killed after 10
    // s.
    private static final String LEASHED = """
            exec 3<&0
            (
              cat <&3 >/dev/null
              kill $$
              for i in $(seq 100); do kill -0 $$ || exit; sleep 0.1; done
              kill -9 $$
            ) 2>/dev/null &
            exec "$@" 3<&- </dev/null
            """;

    private static final int LOG_LINES_SHOWN = 15;

    private final String name;
    private final Process process;
    private final Path log;

    private Daemon(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts {@code command}; its output is appended to {@code NAME.log} in {@code folder}. */
    static Daemon start(String name, Path folder, List<String> command) {
        List<String> leashed = new ArrayList<>(List.of("/bin/sh", "-c", LEASHED, name));
        leashed.addAll(command);
        try {
            Path log = Files.createDirectories(folder).resolve(name + ".log");
            Process process = new ProcessBuilder(leashed)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new Daemon(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name, e);
        }
    }

    /** As many free TCP ports on loopback, all different. */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on loopback", e);
        }
    }

    /** The same as {@link #awaitReady(Duration, Callable)}, where somebody else has to end what has not become ready. */
    void awaitReady(Duration atMost, Callable<Boolean> ready, Runnable end) {
        try {
            awaitReady(atMost, ready);
        } catch (RuntimeException e) {
            end.run();
            throw e;
        }
    }

    /** Waits until {@code ready} says true; an exception means not yet. Fails with the log's end when the program ends. */
    void awaitReady(Duration atMost, Callable<Boolean> ready) {
        try {
            await(name + " to be ready")
                    .atMost(atMost)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .failFast(name + " ended", () -> !process.isAlive())
                    .until(ready);
        } catch (RuntimeException e) {
            throw new IllegalStateException(name + " did not become ready:\n" + logEnd(), e);
        }
    }

    /** Asks the program to end and waits until it has. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot end " + name, e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as {@link #close()} does, and removes a folder that was its own. */
    void closeAndRemove(Path folder) {
        close();
        remove(folder);
    }

    /** Removes a folder of programs that have ended. */
    static void remove(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder, e);
        }
    }

    /** Ends it without asking. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Where its output goes. */
    Path log() {
        return log;
    }

    private String logEnd() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }
}
