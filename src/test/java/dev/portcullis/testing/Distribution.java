package dev.portcullis.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * A registry that runs: CNCF Distribution, the program that the system property {@code portcullis.distribution} or the
 * environment variable {@code PORTCULLIS_DISTRIBUTION} names, else {@code docker-registry} or {@code registry} on the PATH.
 */
public final class Distribution implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on [^\\s\"]*:([0-9]+)");

    private final Process process;
    private final int port;

    private Distribution(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one on a free port of loopback; the test is skipped where there is no program for it.
     *
     * @param folder where it keeps its images
     * @param options further lines of its configuration, below {@code http:}, or beside it where they are not indented
     */
    public static Distribution start(Path folder, String options) throws Exception {
        Optional<String> program = program();
        Assumptions.assumeTrue(
                program.isPresent(),
                "skipped: no registry; install docker-registry, or set PORTCULLIS_DISTRIBUTION to the program registry"
                        + " of CNCF Distribution");
        Path configuration =
                Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                log: {level: info, formatter: text}
                storage:
                  filesystem: {rootdirectory: "%s"}
                http:
                  addr: 127.0.0.1:0
                  secret: test
                %s""".formatted(folder.resolve("images"), options));
        Process process = new ProcessBuilder(program.orElseThrow(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = process.inputReader();
        CompletableFuture<Integer> port = CompletableFuture.supplyAsync(() -> port(lines));
        return new Distribution(process, port.get(30, TimeUnit.SECONDS));
    }

    private static int port(BufferedReader lines) {
        try {
            StringBuilder said = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    // It stops when nobody reads what it goes on to say.
                    Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
                    return Integer.parseInt(listening.group(1));
                }
            }
            throw new IllegalStateException("the registry did not start: " + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> program() {
        return Shared.setting("portcullis.distribution", "PORTCULLIS_DISTRIBUTION")
                .or(() -> List.of("docker-registry", "registry").stream()
                        .filter(Distribution::runs)
                        .findFirst());
    }

    private static boolean runs(String program) {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
