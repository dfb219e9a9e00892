package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code fix} makes of texts that are large, or made to be in the way. */
class FixLimitsTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web%d}
            spec:
              containers:
              - name: web
                image: nginx:1.29.3
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void takesAsMuchLongerAsThereIsMoreToFix(boolean items) throws Exception {
        Path few = Files.writeString(folder.resolve("few.yaml"), pods(300, items));
        Path many = Files.writeString(folder.resolve("many.yaml"), pods(1_200, items));
        time(few);

        Duration once = time(few);
        Duration fourTimes = time(many);

        assertThat(fourTimes).as("of four times as many as took %s", once).isLessThan(once.multipliedBy(10));
    }

    private static String pods(int count, boolean items) {
        var pods = IntStream.range(0, count).mapToObj(POD::formatted);
        return items
                ? "apiVersion: v1\nkind: List\nitems:\n"
                        + pods.map(pod -> "- " + pod.indent(2).substring(2)).collect(Collectors.joining())
                : pods.collect(Collectors.joining("---\n"));
    }

    private static Duration time(Path file) {
        long start = System.nanoTime();
        CommandRun run = CommandRun.of("fix", "--all", file.toString());
        assertThat(run.out()).contains("+    - name: tmp").doesNotContain("\n-");
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
