package dev.portcullis.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/policies.md} to what the program does. */
final class DocumentedPoliciesTest {
    private static final Path PAGE = Path.of("docs", "policies.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(block -> EXAMPLE.matcher(block).replaceAll("$1"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleIsRead(String example) throws Exception {
        assertThat(PolicyFiles.read(Files.writeString(folder.resolve("example.yaml"), example))
                        .policies())
                .isNotEmpty();
    }

    @Test
    void parametersAreThoseOfTheCatalogue() throws IOException {
        String table =
                Catalogue.all().stream().flatMap(check -> rows(check.info())).collect(Collectors.joining("\n"));
        assertThat(Files.readString(PAGE)).contains("|---|---|---|---|\n" + table + "\n\n");
    }

    private static Stream<String> rows(CheckInfo check) {
        return check.parameters().stream()
                .map(parameter -> "| `%s` | `%s` | %s | %s |"
                        .formatted(check.id(), parameter.name(), type(parameter), parameter.description()));
    }

    private static String type(Parameter parameter) {
        String type = parameter.defaultValue() instanceof Long ? "whole number" : "list";
        return parameter.onlyHardened() ? type + ", *hardened*" : type;
    }
}
