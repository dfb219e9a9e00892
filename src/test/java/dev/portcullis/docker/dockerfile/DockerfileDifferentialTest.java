package dev.portcullis.docker.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.GoProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The same instructions as BuildKit's parser, or refused by both. */
class DockerfileDifferentialTest {
    private static final long SEED = 20_261_125L;
    private static final int GENERATED = 6_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void readsWhatBuildKitReads() {
        GoProgram buildKit = GoProgram.of("dockerfile");
        DockerfileGenerator generator = new DockerfileGenerator(SEED);
        List<String> texts = Stream.concat(
                        DockerfileGenerator.each(),
                        Stream.generate(generator::next).limit(GENERATED))
                .toList();
        List<JsonNode> answers = buildKit.ask(
                texts.stream().map(text -> Map.of("dockerfile", text)).toList());

        List<String> differences = new ArrayList<>();
        int read = 0;
        for (int i = 0; i < texts.size(); i++) {
            JsonNode theirs = answers.get(i);
            JsonNode ours = MAPPER.valueToTree(read(texts.get(i)));
            read += theirs.has("instructions") ? 1 : 0;
            boolean same = theirs.has("error") ? ours.has("error") : theirs.equals(ours);
            if (!same) {
                differences.add(texts.get(i) + "\n--- BuildKit: " + theirs + "\n--- ours: " + ours + "\n");
            }
        }
        assertThat(differences).isEmpty();
        assertThat(read).as("not refused").isGreaterThan(1_500);
    }

    @Test
    void replacesVariablesAsBuildKitDoes() {
        GoProgram buildKit = GoProgram.of("dockerfile");
        DockerfileGenerator generator = new DockerfileGenerator(SEED);
        Map<String, String> environment = Map.of("A", "hello world", "B", "", "C", "x");
        List<String> words = Stream.generate(generator::word).limit(GENERATED).toList();
        List<JsonNode> answers = buildKit.ask(words.stream()
                .map(word -> Map.of(
                        "word",
                        word,
                        "escape",
                        "\\",
                        "environment",
                        environment.entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .toList()))
                .toList());
        int known = 0;
        for (int i = 0; i < words.size(); i++) {
            try {
                ShellLex.Expanded expanded = ShellLex.expand(words.get(i), '\\', environment::get);
                if (expanded.unset().isEmpty()) {
                    known++;
                    assertThat(expanded.text())
                            .as(words.get(i))
                            .isEqualTo(answers.get(i).path("word").asString("an error"));
                    assertThat(answers.get(i).has("error")).as(words.get(i)).isFalse();
                }
            } catch (Misread misread) {
                assertThat(answers.get(i).has("error") || misread.isBound())
                        .as(words.get(i))
                        .isTrue();
            }
        }
        assertThat(known).isGreaterThan(1_500);
    }

    private static Map<String, Object> read(String text) {
        try {
            List<Instruction> instructions =
                    DockerfileParser.parse(text.getBytes(UTF_8)).instructions();
            InstructionRules.check(instructions);
            return Map.of(
                    "instructions",
                    instructions.stream().map(DockerfileDifferentialTest::shown).toList());
        } catch (DockerfileException refused) {
            return Map.of("error", refused.getMessage());
        }
    }

    private static Map<String, Object> shown(Instruction instruction) {
        return Map.of(
                "name", instruction.written(),
                "args", instruction.arguments(),
                "flags", instruction.flags(),
                "heredocs",
                        instruction.heredocs().stream()
                                .map(text -> Map.of(
                                        "name", text.name(),
                                        "expand", text.expand(),
                                        "chomp", text.chomp(),
                                        "content", text.content()))
                                .toList(),
                "json", instruction.json(),
                "line", instruction.position().line());
    }
}
