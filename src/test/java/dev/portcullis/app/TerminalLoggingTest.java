package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.History;
import dev.portcullis.history.Place;
import dev.portcullis.history.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands print is theirs alone. */
class TerminalLoggingTest {
    @TempDir
    private Path folder;

    @Test
    void aCommandPrintsItsAnswerAndNoLineOfALibrary() throws Exception {
        Settings settings = new Settings(Place.Embedded.in(folder), Duration.ofDays(1), 1 << 20, 0);
        try (History history = History.open(settings, InstantSource.system(), new SimpleMeterRegistry())) {
            await().atMost(30, SECONDS).until(history::isOpen);
        }
        Path told = folder.resolve("out");
        Path log = folder.resolve("err");
        Process verify = command("history", "verify", "--data", folder.toString())
                .redirectOutput(told.toFile())
                .redirectError(log.toFile())
                .start();

        assertThat(verify.waitFor()).isZero();
        assertThat(Files.readString(told))
                .startsWith("ok: there are no decisions")
                .hasLineCount(2);
        assertThat(Files.readString(log)).isEmpty();
    }

    private static ProcessBuilder command(String... arguments) throws IOException {
        return new ProcessBuilder(Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.portcullis.app.Portcullis"),
                        List.of(arguments).stream())
                .toList());
    }
}
