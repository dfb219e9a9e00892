package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * An authority to compare with: the program that the system property {@code portcullis.oracle} or the environment variable
 * {@code PORTCULLIS_ORACLE} names, else the one that {@code oracles/build} of the shared data makes. Its modes are
 * {@code pss}, {@code yaml}, {@code docker} and {@code cel}; each is one process for the whole test run.
 */
public final class Oracle {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Oracle> STARTED = new ConcurrentHashMap<>();
    private static final Object BUILDING = new Object();
    private static boolean sought;
    private static Optional<String> program = Optional.empty();

    private final Writer questions;
    private final BufferedReader answers;

    private Oracle(Process process) {
        questions = new BufferedWriter(process.outputWriter(UTF_8));
        answers = process.inputReader(UTF_8);
    }

    /** The oracle of a mode; the test is skipped where there is none. */
    public static Oracle of(String mode) {
        Optional<String> found = program();
        Assumptions.assumeTrue(
                found.isPresent(),
                "skipped: no oracle; set PORTCULLIS_ORACLE to the program, or PORTCULLIS_SHARED to the shared test data"
                        + " and have go on the PATH");
        return STARTED.computeIfAbsent(mode, key -> start(found.orElseThrow(), key));
    }

    /**
     * The answer to each question, in order. Questions are written beside the reading of answers, so that neither side waits
     * for a full pipe.
     *
     * @param questions values that Jackson writes as JSON objects, such as {@code Map.of("yaml", text)}
     */
    public synchronized List<JsonNode> ask(List<?> questions) {
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> write(questions), task -> Thread.ofVirtual().start(task));
        List<JsonNode> replies = new ArrayList<>(questions.size());
        try {
            for (int i = 0; i < questions.size(); i++) {
                String line = answers.readLine();
                if (line == null) {
                    throw new IllegalStateException("the oracle ended after " + i + " answers");
                }
                replies.add(MAPPER.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writing.join();
        return replies;
    }

    private void write(List<?> batch) {
        try {
            for (Object question : batch) {
                questions.write(MAPPER.writeValueAsString(question));
                questions.write('\n');
            }
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Oracle start(String program, String mode) {
        try {
            return new Oracle(new ProcessBuilder(program, mode)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> program() {
        synchronized (BUILDING) {
            if (!sought) {
                program =
                        Shared.setting("portcullis.oracle", "PORTCULLIS_ORACLE").or(Oracle::build);
                sought = true;
            }
            return program;
        }
    }

    private static Optional<String> build() {
        Path script = Shared.path("oracles/build");
        try {
            Process build = new ProcessBuilder(script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader output = build.inputReader(UTF_8)) {
                String line = output.readLine();
                return build.waitFor() == 0 ? Optional.ofNullable(line) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
