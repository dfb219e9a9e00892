package dev.portcullis.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The project's own Dockerfile; that it builds and runs is held by {@code ImageIT}. */
final class DockerfileTest {
    @Test
    void passesOurOwnChecks() {
        assertThat(Judgement.failures("Dockerfile")).isEmpty();
        assertThat(Judgement.failures("--profile", "hardened", "Dockerfile")).isEmpty();
    }

    /** The cache of classes holds for the flags alone with which it was made; else the JVM does without, and says nothing. */
    @Test
    void trainsWithTheFlagsThatItRunsWith() throws IOException {
        String text = Files.readString(Path.of("Dockerfile"));
        String training = text.substring(text.indexOf("java Training.java"), text.indexOf(" serve; \\"));
        String entry = text.substring(text.indexOf("\nENTRYPOINT"));

        assertThat(flags(entry.replaceAll("[\\[\\],\"]", " "))).isNotEmpty().isEqualTo(flags(training));
    }

    private static List<String> flags(String command) {
        return Arrays.stream(command.split("\\s+", -1))
                .filter(word -> word.startsWith("-XX:+Use"))
                .sorted()
                .toList();
    }
}
