package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.docker.ComposeReader;
import dev.portcullis.document.Document;
import dev.portcullis.document.Positions;
import dev.portcullis.document.Yaml;
import dev.portcullis.document.YamlDialect;
import dev.portcullis.testing.Compose;
import dev.portcullis.testing.Facts;
import dev.portcullis.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every project of {@code src/test/compose}: what is read of its files is what is read of the one that {@code docker compose
 * config} makes of them, in which no variable, extension, inclusion, merge or short syntax is left.
 */
class ComposeConfigTest {
    private static final Path PROJECTS = Path.of("src", "test", "compose");

    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOME", "/home/someone", "OUTSIDE", "process", "OUTSIDE_PASSED", "passed on");

    static List<Path> projects() throws IOException {
        try (Stream<Path> folders = Files.list(PROJECTS)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("projects")
    void isReadAsDockerComposeResolvesIt(Path folder) throws Exception {
        List<String> files =
                new ArrayList<>(List.of(folder.resolve("compose.yaml").toString()));
        Path override = folder.resolve("compose.override.yaml");
        if (Files.exists(override)) {
            files.add(override.toString());
        }
        JsonNode resolved = Compose.config(files, ENVIRONMENT);

        Map<String, String> wanted = facts(ComposeReader.read(
                resolved, Positions.none(), folders(List.of()).of(files.getFirst())));

        Map<String, String> read = facts(ours(files));
        assertThat(read).containsOnlyKeys(wanted.keySet());
        wanted.forEach(
                (service, facts) -> assertThat(read.getOrDefault(service, "").lines())
                        .as(service)
                        .containsExactlyElementsOf(facts.lines().toList()));
    }

    private static List<ComposeReader.Item> ours(List<String> files) throws Exception {
        byte[] text = Files.readAllBytes(Path.of(files.getFirst()));
        Document document =
                ((Yaml.Read) Yaml.readEach(text, 1, keys -> YamlDialect.COMPOSE).getFirst()).document();
        return ComposeReader.read(
                document.root(),
                document.positions(),
                folders(files.subList(1, files.size())).of(files.getFirst()));
    }

    private static ComposeFolders folders(List<String> overrides) {
        return new ComposeFolders(ENVIRONMENT, overrides);
    }

    private static Map<String, String> facts(List<ComposeReader.Item> items) {
        Map<String, String> facts = new TreeMap<>();
        for (ComposeReader.Item item : items) {
            switch (item) {
                case ComposeReader.Service service -> {
                    Workload workload = service.workload();
                    facts.put(String.valueOf(workload.subject().name()), Facts.of(workload));
                }
                case ComposeReader.Malformed malformed -> facts.put("error", malformed.problem());
            }
        }
        assertThat(facts).isNotEmpty().doesNotContainKey("error");
        assertThat(String.join("", facts.values()).getBytes(UTF_8)).hasSizeGreaterThan(100);
        return facts;
    }
}
