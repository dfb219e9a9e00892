package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A program of {@code src/test/go}, built by Go into {@code target} where its sources have changed. It answers each line of
 * JSON with one.
 */
public final class GoProgram {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path TARGET = Path.of("target", "go").toAbsolutePath();

    private final Path program;

    private GoProgram(Path program) {
        this.program = program;
    }

    /** The program of a folder; the test is skipped where Go is not there or cannot fetch the modules it needs. */
    public static synchronized GoProgram of(String folder) {
        Path program = TARGET.resolve(folder);
        try {
            Process build = new ProcessBuilder("go", "build", "-buildvcs=false", "-o", program.toString(), ".")
                    .directory(Path.of("src", "test", "go", folder).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Files.createDirectories(TARGET)
                            .resolve(folder + ".log")
                            .toFile())
                    .start();
            Assumptions.assumeTrue(
                    build.waitFor() == 0,
                    () -> "skipped: go could not build src/test/go/" + folder + "; " + program + ".log says why");
        } catch (IOException noGo) {
            Assumptions.abort("skipped: src/test/go/" + folder + " needs go on the PATH");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new GoProgram(program);
    }

    /** The answer to each question, in order. */
    public List<JsonNode> ask(List<?> questions) {
        try {
            Process process = new ProcessBuilder(program.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(
                    () -> write(process, questions), task -> Thread.ofVirtual().start(task));
            List<JsonNode> answers = new ArrayList<>();
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    answers.add(MAPPER.readTree(line));
                }
            }
            writing.join();
            if (answers.size() != questions.size()) {
                throw new IllegalStateException("the program ended after " + answers.size() + " answers");
            }
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Process process, List<?> questions) {
        try (Writer out = process.outputWriter(UTF_8)) {
            for (Object question : questions) {
                out.write(MAPPER.writeValueAsString(question));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
