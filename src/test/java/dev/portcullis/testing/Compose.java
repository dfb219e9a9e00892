package dev.portcullis.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Docker Compose itself: the program that the system property {@code portcullis.compose} or the environment variable
 * {@code PORTCULLIS_COMPOSE} names, else the plugin of the {@code docker} on the PATH.
 */
public final class Compose {
    private Compose() {}

    /** What {@code docker compose config} makes of files; the test is skipped where there is no Docker Compose. */
    public static JsonNode config(List<String> files, Map<String, String> environment) throws Exception {
        Optional<List<String>> program = program();
        Assumptions.assumeTrue(
                program.isPresent(),
                "skipped: no Docker Compose; install its plugin for docker, or set PORTCULLIS_COMPOSE to the program");
        List<String> command = new ArrayList<>(program.orElseThrow());
        files.forEach(file ->
                command.addAll(List.of("-f", Path.of(file).toAbsolutePath().toString())));
        command.addAll(List.of("--profile", "*", "config", "--format", "json"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError("docker compose refuses " + files);
        }
        return JsonMapper.shared().readTree(output);
    }

    private static Optional<List<String>> program() {
        Optional<String> named = Shared.setting("portcullis.compose", "PORTCULLIS_COMPOSE");
        return named.isPresent()
                ? named.map(List::of)
                : Optional.of(List.of("docker", "compose")).filter(Compose::runs);
    }

    private static boolean runs(List<String> program) {
        try {
            List<String> command = new ArrayList<>(program);
            command.add("version");
            return new ProcessBuilder(command)
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
}
