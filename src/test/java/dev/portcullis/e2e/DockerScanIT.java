package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.PortcullisCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real engine with containers that keep the policy and some that do not, as {@code scan docker} tells of it. */
final class DockerScanIT {
    private static final Pattern FULL_ID = Pattern.compile("[0-9a-f]{24}");
    private static final String GOOD = "run -d --name good --network none --read-only --pids-limit 64"
            + " --security-opt no-new-privileges --cap-drop ALL app:1 sleep 600";

    private static DockerEngine engine;
    private static String image;
    private static String container;

    @BeforeAll
    static void start() {
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        engine = DockerEngine.start("--live-restore");
        image = engine.importImage("root:1");
        engine.importImage("app:1", "USER 10001");
        container = run(GOOD);
        // By identifiers alone, with a volume that has one for a name.
        run("run -d --name bad --security-opt seccomp=unconfined --network none --volume /data --pid container:"
                + container + " " + image + " sleep 600");
        run("create --name stopped --privileged --network none app:1 true");
    }

    @AfterAll
    static void stop() {
        if (engine != null) {
            engine.docker("rm", "--force", "good", "bad", "stopped");
            engine.close();
        }
    }

    private static String run(String command) {
        CommandResult result = engine.docker(command.split(" "));
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        return result.stdout().strip();
    }

    private static CommandResult scan(String... options) {
        return scanOf(engine, options);
    }

    private static CommandResult scanOf(DockerEngine engine, String... options) {
        List<String> arguments = new ArrayList<>(List.of("scan", "docker", "--engine", engine.host()));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new CommandResult(code, out.toString(), err.toString());
    }

    @Test
    void tellsOfTheEngineAndOfWhatRuns() {
        CommandResult scan = scan();
        assertThat(scan.stderr()).isEmpty();
        assertThat(scan.exitCode()).isEqualTo(1);
        assertThat(scan.stdout())
                .contains("  Engine ", "  Container good  allowed\n", "  Container bad  denied\n")
                .doesNotContain("Container stopped")
                .containsPattern("deny +seccomp-profile")
                .containsPattern("warn +engine-user-namespaces +SecurityOptions has no name=userns")
                .containsPattern("skip +engine-host-files .*; run docker-bench-security there")
                .doesNotContainPattern("warn +engine-live-restore")
                .containsPattern("\\n  \\[PASS] .*\\b2.15 .*\\n  \\[WARN] .*\\b5.22 .*\\n")
                .containsPattern("\\[INFO] Checks: \\d+\\n\\[INFO] Score: -?\\d+\\n");
    }

    @Test
    void scoresAsTheBenchDoes() {
        JsonNode bench = json(scan("-o", "json")).path("dockerBench");
        int score = 0;
        for (JsonNode line : bench.path("results")) {
            int worth = line.path("scored").booleanValue(false) ? 1 : 0;
            score += worth
                    * switch (line.path("result").stringValue("")) {
                        case "PASS" -> 1;
                        case "WARN" -> -1;
                        default -> 0;
                    };
        }
        assertThat(bench.path("score").intValue()).isEqualTo(score);
        assertThat(bench.path("checks").intValue())
                .isEqualTo(bench.path("results").size())
                .isGreaterThan(25);
        assertThat(resultOf(bench, "4.1")).isEqualTo("WARN");
        assertThat(resultOf(bench, "5.22")).isEqualTo("WARN");
        assertThat(resultOf(bench, "5.5")).isEqualTo("PASS");
        assertThat(resultOf(bench, "2.15")).isEqualTo("PASS");
        assertThat(bench.path("unjudged").valueStream().map(JsonNode::stringValue))
                .contains("2.4", "2.16", "4.2");
    }

    private static String resultOf(JsonNode bench, String id) {
        return bench.path("results")
                .valueStream()
                .filter(line -> line.path("id").stringValue("").equals(id))
                .map(line -> line.path("result").stringValue(""))
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "yaml", "sarif", "junit", "markdown", "github"})
    void shortensIdentifiersEverywhere(String form) {
        CommandResult scan = scan("--all", "--stopped", "-o", form);
        assertThat(scan.exitCode()).isEqualTo(1);
        assertThat(scan.stdout()).contains("privileged").doesNotContainPattern(FULL_ID);
    }

    @Test
    void showsThemWhereItIsAsked() {
        assertThat(scan("--full-ids").stdout()).contains(image);
        assertThat(scan().stdout()).contains(image.substring(0, "sha256:".length() + 12));
    }

    @Test
    void looksAtWhatIsStoppedWhereItIsAsked() {
        assertThat(scan("--stopped").stdout()).contains("Container stopped  denied");
        assertThat(json(scan("--stopped", "-o", "json"))
                        .path("summary")
                        .path("subjects")
                        .intValue())
                .isEqualTo(4);
    }

    /** Of what does not run nothing is judged; what is found of the engine itself warns. */
    @Test
    void failsFromTheModeThatIsAsked() {
        try (DockerEngine empty = DockerEngine.start()) {
            assertThat(scanOf(empty).exitCode()).isZero();
            assertThat(scanOf(empty, "--fail-on", "warn").exitCode()).isEqualTo(1);
        }
    }

    private static JsonNode json(CommandResult scan) {
        return JsonMapper.shared().readTree(scan.stdout());
    }
}
