package dev.portcullis.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DockerfilesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FILE = "# é\nFROM debian:13\r\nENV A=1 \\\n  DB_PASSWORD=correct-horse\n  USER root\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dockerfile",
                "dockerfile",
                "Dockerfile.dev",
                "web.Dockerfile",
                "a/web.dockerfile",
                "C:\\a\\Containerfile",
                "Containerfile.x",
                "a.txt",
                "-",
            })
    void isOneByItsNameOrItsFirstInstruction(String source) {
        assertThat(Samples.inspect(source, FILE))
                .singleElement()
                .isInstanceOfSatisfying(
                        Inspection.Judged.class,
                        judged -> assertThat(judged.report().subject().kind()).isEqualTo("Dockerfile"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "x.Dockerfile", "Containerfile"})
    void isOneByItsNameWhateverIsInIt(String source) {
        assertThat(Samples.inspect(source, "services: {a: {image: b}}"))
                .singleElement()
                .isInstanceOf(Inspection.Unreadable.class);
    }

    static Stream<String> others() {
        return Stream.of(
                "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM a\n        USER root\n",
                "apiVersion: v1\nkind: ConfigMap\ndata:\n  Dockerfile: |\n    FROM a\n",
                "FROM: a\n",
                "from: a\nuser: b\n",
                "- FROM a\n",
                "{\"FROM\": \"a\"}",
                "# syntax=docker/dockerfile:1\nkind: Service\n",
                "--- \nFROM a\n");
    }

    @ParameterizedTest
    @MethodSource("others")
    void takesNoYamlForOne(String text) {
        assertThat(Samples.inspect(null, text)).noneMatch(DockerfilesTest::isDockerfile);
        assertThat(Samples.inspect("Dockerfile.yaml", text)).noneMatch(DockerfilesTest::isDockerfile);
    }

    @Test
    void takesNothingForOneThatIsNamedAsYaml() {
        assertThat(Samples.inspect("a.yaml", FILE)).noneMatch(DockerfilesTest::isDockerfile);
    }

    private static boolean isDockerfile(Inspection inspection) {
        return switch (inspection) {
            case Inspection.Judged judged -> judged.report().subject().kind().equals("Dockerfile");
            case Inspection.Unreadable unreadable ->
                unreadable.error().contains("instruction") || unreadable.error().contains("Dockerfile");
            case Inspection.NoWorkload none -> false;
        };
    }

    @Test
    void hasLinesAndColumnsButNoPathsInJson() {
        JsonNode findings = JSON.readTree(
                        Samples.report(out -> new JsonReport(out, JSON), Samples.inspect("Dockerfile", FILE)))
                .at("/results/0/findings");
        assertThat(places(findings))
                .contains(
                        "dockerfile-user USER 5:3",
                        "dockerfile-base-digest FROM 2:1",
                        "dockerfile-secrets ENV 3:1",
                        "dockerfile-healthcheck HEALTHCHECK 2:1");
        for (JsonNode finding : findings) {
            assertThat(finding.path("path").isNull()).isTrue();
            assertThat(finding.path("fix").isNull()).isTrue();
        }
    }

    private static List<String> places(JsonNode findings) {
        return findings.valueStream()
                .map(finding -> "%s %s %d:%d"
                        .formatted(
                                finding.path("check").asString(""),
                                finding.path("field").asString("-"),
                                finding.path("line").asInt(0),
                                finding.path("column").asInt(0)))
                .toList();
    }

    @Test
    void hasLinesAndColumnsInReportsForCi() {
        List<Inspection> inspections = Samples.inspect("web/Dockerfile", FILE);
        assertThat(Samples.report(out -> new GithubReport(out), inspections))
                .contains("file=web/Dockerfile,line=5,col=3,")
                .doesNotContain("correct-horse");
        JsonNode sarif = JSON.readTree(Samples.report(out -> new SarifReport(out, JSON), inspections));
        assertThat(sarif.at("/runs/0/results")
                        .valueStream()
                        .filter(result -> result.path("ruleId").asString("").equals("dockerfile-user"))
                        .map(result -> result.at("/locations/0/physicalLocation"))
                        .map(place -> place.at("/artifactLocation/uri").asString("") + ":"
                                + place.at("/region/startLine").asInt(0) + ":"
                                + place.at("/region/startColumn").asInt(0)))
                .containsExactly("web/Dockerfile:5:3");
    }

    @Test
    void tellsWhereAnUnreadableOneIsWrong() {
        assertThat(Samples.inspect("Dockerfile", "FROM a\n\n  RNU b\n"))
                .singleElement()
                .isInstanceOfSatisfying(Inspection.Unreadable.class, unreadable -> {
                    assertThat(unreadable.place())
                            .isNotNull()
                            .hasFieldOrPropertyWithValue("line", 3)
                            .hasFieldOrPropertyWithValue("column", 3);
                    assertThat(unreadable.error()).contains("did you mean RUN?");
                });
    }

    static Stream<String> hostile() {
        return Stream.of(
                "FROM a\nENV a=" + "y".repeat(4_000) + "\n" + ("ENV " + "TOKEN=$a ".repeat(6_000) + "\n").repeat(16),
                "FROM a\nRUN " + "sh -c ".repeat(10_000),
                "FROM a\n" + ("RUN " + "curl -u a:b ".repeat(5_000) + "\n").repeat(16),
                "FROM a\n" + ("RUN " + "(".repeat(60_000) + "\n").repeat(16),
                "FROM a\n" + ("RUN " + "a://b:".repeat(10_000) + "\n").repeat(16),
                "FROM a\n" + ("RUN chmod " + "ugo-s ".repeat(10_000) + "\n").repeat(16),
                "FROM a\n" + ("RUN chmod " + "u".repeat(60_000) + "\n").repeat(16),
                "FROM a\n" + ("COPY " + ".env ".repeat(12_000) + "/\n").repeat(16),
                "FROM a\n" + ("ADD " + "https://a.git#".repeat(4_000) + " /\n").repeat(16),
                "FROM a\n" + "COPY --from=b c d\n".repeat(9_999),
                "FROM a AS b0\n"
                        + Stream.iterate(1, i -> i < 9_999, i -> i + 1)
                                .map(i -> "FROM b" + (i - 1) + " AS b" + i + "\n")
                                .collect(Collectors.joining()));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    @Timeout(10)
    void judgesHostileTextInTimeThatGrowsWithItsLength(String text) {
        assertThat(Samples.inspect("Dockerfile", text)).hasSize(1);
    }
}
