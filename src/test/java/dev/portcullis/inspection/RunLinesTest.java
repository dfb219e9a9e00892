package dev.portcullis.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.docker.run.RunLine;
import dev.portcullis.document.Position;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunLinesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LOOSE = """
            # starts the shop
            docker run -d --privileged --name shop \\
              -v shop:/data -v /srv/www:/usr/share/nginx/html \\
              --cap-add NET_ADMIN --cap-add NET_BIND_SERVICE --security-opt seccomp=unconfined --pids-limit -1 \\
              --ipc host --uts=host --restart always -p 8080:80 -p 127.0.0.1:8443:443 \\
              -e COLOUR=blue -e DB_PASSWORD='hunter 22' --tmpfs /run \\
              nginx:1.29 nginx -g 'daemon off;'
            """;

    @Test
    void judgesWhatDockerWouldSend() {
        Inspection.Judged judged = judged(LOOSE);

        assertThat(judged.report().subject().display()).isEqualTo("Container shop");
        assertThat(judged.start()).isEqualTo(new Position(2, 1));
        assertThat(places(judged))
                .contains(
                        "privileged 2:15",
                        "capabilities-added 4:3",
                        "seccomp-profile 4:50",
                        "restart-policy 5:25",
                        "image-digest 7:3");
    }

    @Test
    void namesTheFlagsThatAFindingAsksFor() throws Exception {
        JsonNode result = json(LOOSE);

        assertThat(flags(result))
                .contains(
                        "privileged: leave out --privileged",
                        "capabilities-dropped: add --cap-drop ALL",
                        "read-only-root-filesystem: add --read-only --tmpfs /tmp:size=67108864",
                        "memory-limit: add --memory 256m");
        assertThat(result.at("/patch")).isEmpty();
    }

    @Test
    void mendsTheCommandSoThatJudgedAgainItPassesThoseChecks() throws Exception {
        String mended = json(LOOSE).at("/mended/command").stringValue();

        assertThat(mended).isEqualTo("""
                        # starts the shop
                        docker run -d --name shop \\
                          -v shop:/data -v /srv/www:/usr/share/nginx/html:ro \\
                          --cap-add NET_BIND_SERVICE --security-opt seccomp=builtin --pids-limit 64 \\
                          --ipc private --restart on-failure:5 -p 127.0.0.1:8080:80 -p 127.0.0.1:8443:443 \\
                          -e COLOUR=blue -e DB_PASSWORD --tmpfs /run:size=67108864 \\
                          --cap-drop ALL \\
                          --security-opt no-new-privileges=true \\
                          --user 10001 \\
                          --read-only \\
                          --tmpfs /tmp:size=67108864 \\
                          --cgroupns private \\
                          --memory 256m \\
                          --cpus 0.5 \\
                          nginx:1.29 nginx -g 'daemon off;'
                        """);
        Set<String> before = failing(judged(LOOSE).report());
        Set<String> after = failing(judged(mended).report());
        assertThat(before).containsAll(after);
        assertThat(before).hasSizeGreaterThan(15);
        assertThat(after).containsExactlyInAnyOrder("host-path-volumes", "host-ports", "image-digest");
        assertThat(command(mended).mended()).as("a second time").isNull();
    }

    static Stream<String> lines() throws Exception {
        Path file = Path.of(
                Objects.requireNonNull(RunLine.class.getResource("lines.txt")).toURI());
        return Pattern.compile("(?<!\\\\)\n").splitAsStream(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void bringsNothingNewByMending(String line) {
        Inspection.Judged before = judged(line);
        Inspection.Command command = Objects.requireNonNull(before.command());

        Inspection.Judged after = judged(Objects.requireNonNull(command.mended()));

        assertThat(failing(before.report())).containsAll(failing(after.report()));
        assertThat(failing(after.report())).isEqualTo(failing(Objects.requireNonNull(command.after())));
        assertThat(Objects.requireNonNull(after.command()).mended())
                .as("a second time")
                .isNull();
    }

    @Test
    void tellsWhatIsFoundOfTheMendedCommand() throws Exception {
        JsonNode strict = json(LOOSE).at("/mended");
        JsonNode loose = result(Samples.inspect(null, LOOSE, "baseline")).at("/mended");

        assertThat(strict.path("decision").stringValue()).isEqualTo("deny");
        assertThat(strict.path("remaining").toString()).contains("image-digest");
        assertThat(loose.path("decision").stringValue()).isEqualTo("deny");
        assertThat(Samples.report(
                        out -> new TextReport(out, TextReport.Paint.PLAIN, false), Samples.inspect("-", LOOSE)))
                .contains("  mended: denied\n")
                .contains("\n    docker run -d --name shop \\\n      -v shop:/data -v /srv");
    }

    @Test
    void saysNothingOfACommandThatPasses() throws Exception {
        JsonNode result = result(Samples.inspect(null, "docker run nginx:1.29", "baseline"));

        assertThat(result.path("decision").stringValue()).isEqualTo("allow");
        assertThat(result.has("mended")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker run -v a", "docker run $X", "docker run --user 99999999999 nginx"})
    void tellsWhyACommandIsNotRead(String text) throws Exception {
        JsonNode result = json(text);

        assertThat(result.path("decision").stringValue()).isEqualTo("error");
        assertThat(result.path("error").stringValue()).isNotEmpty();
        assertThat(result.at("/subject/line").intValue()).isEqualTo(1);
    }

    @Test
    void knowsThatTheClientMountsTheEnginesSocket() {
        assertThat(failing(judged("docker run --use-api-socket nginx").report()))
                .contains("runtime-socket");
        assertThat(failing(judged("docker run --use-api-socket=false nginx").report()))
                .doesNotContain("runtime-socket");
    }

    @Test
    void repeatsNoSecretWhateverThePolicyAsksFor() {
        List<Inspection> inspections =
                Samples.inspect(null, "docker run --privileged -e DB_PASSWORD=hunter22 -e A=b nginx:1.29", "baseline");

        assertThat(result(inspections).at("/mended/command").stringValue())
                .isEqualTo("docker run -e DB_PASSWORD -e A=b nginx:1.29");
        assertThat(Samples.report(out -> new JsonReport(out, JSON), inspections))
                .doesNotContain("hunter22");
    }

    @Test
    void keepsHostileTextAsText() throws Exception {
        String line = "docker run --name '<script>alert(1)</script>' -v '/a<img src=x onerror=y>:/b' \"x';--\"";
        JsonNode result = json(line);

        assertThat(result.at("/subject/name").stringValue()).isEqualTo("<script>alert(1)</script>");
        assertThat(result.at("/mended/command").stringValue())
                .contains("--name '<script>alert(1)</script>'")
                .contains("'/a<img src=x onerror=y>:/b:ro'")
                .endsWith(" \"x';--\"");
        assertThat(RunLine.read(result.at("/mended/command").stringValue().getBytes(UTF_8))
                        .body()
                        .path("Image")
                        .stringValue())
                .isEqualTo("x';--");
        for (String hostile : List.of("\u001b[2J", "\u202e", "\u200b", "\u0007", "\u2028")) {
            assertThat(json("docker run 'a" + hostile + "'").path("error").stringValue())
                    .contains("invisible character")
                    .doesNotContain(hostile);
        }
    }

    private static Inspection.Judged judged(String text) {
        return (Inspection.Judged) Samples.inspect(null, text).getFirst();
    }

    private static Inspection.Command command(String text) {
        return Objects.requireNonNull(judged(text).command());
    }

    private static JsonNode json(String text) {
        return result(Samples.inspect(null, text));
    }

    private static JsonNode result(List<Inspection> inspections) {
        return JSON.readTree(Samples.report(out -> new JsonReport(out, JSON), inspections))
                .at("/results/0");
    }

    private static List<String> places(Inspection.Judged judged) {
        return judged.report().findings().stream()
                .map(found -> {
                    Position place = judged.placeToTell(found.finding());
                    return found.finding().check().id() + " "
                            + (place == null ? "" : place.line() + ":" + place.column());
                })
                .toList();
    }

    private static List<String> flags(JsonNode result) {
        return result.path("findings")
                .valueStream()
                .map(finding -> finding.path("check").stringValue() + ": "
                        + finding.path("flags").stringValue(""))
                .toList();
    }

    private static Set<String> failing(Report report) {
        return report.findings().stream()
                .map(Judged::finding)
                .filter(finding -> finding.isViolation() && !finding.check().advisory())
                .map(finding -> finding.check().id())
                .collect(Collectors.toSet());
    }
}
