package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a command that has ended said. */
record CommandResult(int exitCode, String stdout, String stderr) {
    static final Duration USUAL = Duration.ofSeconds(60);

    /** Fails with all that it said where it did not succeed. */
    static void succeeds(CommandResult result) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }

    /** Runs a command without input, and waits for its end. */
    static CommandResult of(String... command) {
        return of(List.of(command));
    }

    /** Runs a command without input, and waits for its end. */
    static CommandResult of(List<String> command) {
        return of(command, USUAL);
    }

    /** The same of one that finds more in its environment. */
    static CommandResult of(List<String> command, Map<String, String> environment) {
        return of(command, environment, USUAL);
    }

    /** The same of one that may take longer. */
    static CommandResult of(List<String> command, Duration atMost) {
        return of(command, Map.of(), atMost);
    }

    private static CommandResult of(List<String> command, Map<String, String> environment, Duration atMost) {
        try {
            Path out = Files.createTempFile("command-", ".out");
            Path err = Files.createTempFile("command-", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new IllegalStateException(String.join(" ", command) + " did not end in time");
                }
                return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
