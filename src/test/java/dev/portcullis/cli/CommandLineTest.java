package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {
    private static final Path EXAMPLES = Path.of("src", "test", "examples");
    private static final String BAD = EXAMPLES.resolve("root-pod.yaml").toString();
    private static final String GOOD = EXAMPLES.resolve("good-pod.yaml").toString();

    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void clear() {
        out = new StringWriter();
        err = new StringWriter();
    }

    private int run(String... arguments) {
        CommandLine commands = PortcullisCommand.commandLine(
                (data, policy, certificate, key, properties) -> properties.size(),
                (listen, upstream, judging, mode) -> 0);
        return commands.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void refusesProxiesOfWhatIsNoSocket() {
        assertThat(run("proxy")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("--listen");
        assertThat(run("proxy", "--listen", "tcp://0.0.0.0:2375")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("--listen is \"tcp://0.0.0.0:2375\": write unix:// and an absolute path");
        assertThat(run("proxy", "--listen", "unix:///a", "--default-mode", "off"))
                .isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("write enforce, warn or audit");
        assertThat(run("proxy", "--listen", "unix:///a")).isZero();
    }

    @Test
    void allowsAGoodPod() {
        assertThat(run("check", GOOD)).isZero();
        assertThat(out.toString())
                .contains("Pod shop/web  allowed")
                .containsPattern("1 subject, 1 allowed; findings: [0-9]+ skip\n$");
    }

    @Test
    void judgesADockerRunThatAFileHolds(@TempDir Path folder) throws Exception {
        Path script =
                Files.writeString(folder.resolve("start.sh"), "#!/bin/sh\ndocker run --privileged \\\n  nginx:1.29\n");

        assertThat(run("check", "--profile", "restricted", script.toString())).isEqualTo(ExitCode.VIOLATIONS);

        assertThat(out.toString())
                .contains(script + ":2  Container (unnamed)  denied")
                .containsPattern("deny +privileged +line 2 ")
                .contains("  mended: allowed\n    #!/bin/sh\n    docker run \\\n      --cap-drop ALL");
    }

    @Test
    void deniesABadPodWithItsFieldsAndLines() {
        assertThat(run("check", BAD)).isEqualTo(ExitCode.VIOLATIONS);
        assertThat(out.toString())
                .contains(BAD + ":1  Pod shop/web  denied")
                .contains("spec.containers[0].securityContext.privileged is true; set it to false")
                .containsPattern("deny +privileged +line 11 ");
    }

    @Test
    void tellsTheSameAsJson() {
        assertThat(run("check", "-o", "json", BAD)).isEqualTo(ExitCode.VIOLATIONS);
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        JsonNode result = report.path("results").path(0);
        assertThat(result.path("decision").asString("")).isEqualTo("deny");
        assertThat(result.path("subject").path("source").asString("")).isEqualTo(BAD);
        JsonNode privileged = finding(result, "privileged");
        assertThat(privileged.path("path").asString("")).isEqualTo("/spec/containers/0/securityContext/privileged");
        assertThat(privileged.path("line").asInt(0)).isEqualTo(11);
        assertThat(privileged.path("column").asInt(0)).isEqualTo(21);
        assertThat(privileged.path("value").asBoolean(false)).isTrue();
        assertThat(privileged.path("fix").isNull()).isTrue();
        assertThat(report.path("summary").path("denied").asInt(0)).isEqualTo(1);
        assertThat(finding(result, "seccomp-profile").path("fix").path("safe").asBoolean(false))
                .isTrue();
        assertThat(result.path("patched").path("decision").asString("")).isEqualTo("deny");
        assertThat(result.path("patched").path("remaining").path(0).isString()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"privileged: true", "{}", "null"})
    void offersFixesThatApplyToTheDocument(String context) throws IOException, UnreadableException {
        String text = Files.readString(Path.of(BAD)).replace("\n        privileged: true", " " + context);
        Path file =
                Files.writeString(folder.resolve("pod.json"), text.replace(" privileged: true", " {privileged: true}"));
        run("check", "-o", "json", file.toString());
        JsonNode pod = Yaml.readAll(Files.readAllBytes(file), 1).getFirst().root();
        JsonNode findings = JsonMapper.shared().readTree(out.toString()).at("/results/0/findings");
        int applied = 0;
        for (JsonNode finding : findings) {
            if (finding.path("fix").isObject()) {
                JsonNode fixed = JsonPatch.apply(finding.at("/fix/patch"), pod);
                assertThat(fixed.at(finding.path("path").asString("")).isMissingNode())
                        .isFalse();
                applied++;
            }
        }
        assertThat(applied).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "yaml, results:",
        "sarif, {",
        "junit, <?xml",
        "markdown, ### Portcullis: denied",
        "github, ::error file=src/test/examples/root-pod.yaml"
    })
    void tellsTheSameInEveryForm(String form, String start) {
        assertThat(run("check", "-o", form, BAD)).isEqualTo(ExitCode.VIOLATIONS);
        assertThat(out.toString())
                .startsWith(start)
                .contains("securityContext.privileged is true; set it to false")
                .endsWith("\n");
    }

    @Test
    void judgesAtOnceButTellsInTheOrderOfNames() throws IOException {
        StringBuilder expected = new StringBuilder();
        for (int i = 100; i < 200; i++) {
            Files.copy(Path.of(i % 3 == 0 ? BAD : GOOD), folder.resolve("pod-" + i + ".yaml"));
            expected.append(i).append(' ');
        }
        assertThat(run("check", folder.toString())).isEqualTo(ExitCode.VIOLATIONS);
        StringBuilder told = new StringBuilder();
        Pattern.compile("pod-([0-9]+)\\.yaml:1 ")
                .matcher(out.toString())
                .results()
                .forEach(place -> told.append(place.group(1)).append(' '));
        assertThat(told).hasToString(expected.toString());
        assertThat(out.toString()).contains("100 subjects, 67 allowed, 33 denied");
    }

    private static JsonNode finding(JsonNode result, String check) {
        return result.path("findings")
                .valueStream()
                .filter(finding -> finding.path("check").asString("").equals(check))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"enforce, 0", "warn, 1", "audit, 1"})
    void failsFromTheModeAsked(String mode, int code) throws IOException {
        String pod = Files.readString(Path.of(GOOD)).replace("  hostUsers: false\n", "");
        Path file = Files.writeString(folder.resolve("pod.yaml"), pod);
        assertThat(run("check", "--fail-on", mode, file.toString())).isEqualTo(code);
    }

    @Test
    void judgesByAProfileAlone() throws IOException {
        String pod = Files.readString(Path.of(GOOD)).replace("        readOnlyRootFilesystem: true\n", "");
        String file = Files.writeString(folder.resolve("pod.yaml"), pod).toString();
        assertThat(run("check", "--profile", "restricted", "--profile-version", "v1.30", file))
                .isZero();
        assertThat(run("check", "--profile", "hardened", file)).isEqualTo(ExitCode.VIOLATIONS);
    }

    @Test
    void readsFoldersAndPassesOverWhatHoldsNoWorkload() throws IOException {
        Path deeper = Files.createDirectories(folder.resolve("a/b"));
        Files.copy(Path.of(GOOD), deeper.resolve("good.yml"));
        Files.writeString(folder.resolve("service.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n");
        Files.writeString(folder.resolve("notes.txt"), "no manifest");
        Files.createSymbolicLink(deeper.resolve("loop"), folder);
        assertThat(run("check", folder.toString())).isZero();
        assertThat(out.toString()).contains("1 subject, 1 allowed, 1 without a workload");
    }

    @Test
    void tellsWhatItCannotReadAndJudgesTheRest() throws IOException {
        Files.copy(Path.of(BAD), folder.resolve("bad.yaml"));
        Files.writeString(folder.resolve("broken.yaml"), "a: [1\n");
        Files.createSymbolicLink(folder.resolve("dangling.yaml"), folder.resolve("nowhere"));
        assertThat(run("check", folder.toString())).isGreaterThanOrEqualTo(ExitCode.UNREADABLE);
        assertThat(out.toString()).contains("broken.yaml", "dangling.yaml", "Pod shop/web  denied", "2 unreadable");
    }

    @Test
    void refusesAFolderWithoutADocumentAndPassesOverHiddenOnes() throws IOException {
        Files.copy(Path.of(GOOD), Files.createDirectory(folder.resolve(".git")).resolve("pod.yaml"));
        assertThat(run("check", folder.toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(out.toString()).contains("holds no Dockerfile and no yaml, yml or json file");
    }

    @Test
    void refusesAFileThatHoldsNothingToJudge() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "apiVersion: v1\nkind: Service\n");
        assertThat(run("check", file.toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(out.toString()).contains("holds no pod");
    }

    @Test
    void readsDockerfilesInFoldersAndOutright() throws IOException {
        List<String> names = List.of("Dockerfile", "Dockerfile.dev", "web.Dockerfile", "Containerfile");
        for (String name : names) {
            Files.writeString(folder.resolve(name), "FROM scratch\nUSER root\n");
        }
        for (String other : List.of("Dockerfile.md", ".dockerignore", "Dockerfile.dockerignore", "Makefile")) {
            Files.writeString(folder.resolve(other), "FROM scratch\nUSER root\n");
        }
        assertThat(run("check", "--profile", "hardened", folder.toString())).isEqualTo(ExitCode.VIOLATIONS);
        assertThat(out.toString()).contains("4 subjects, 4 denied").contains(names);
        assertThat(out.toString()).containsPattern("deny +dockerfile-user +line 2 +USER is \"root\"");

        Path renamed = Files.writeString(folder.resolve("build.txt"), "ARG A\nFROM scratch\nUSER root\n");
        for (Path file : List.of(folder.resolve("Dockerfile"), renamed)) {
            clear();
            assertThat(run("check", "--profile", "hardened", file.toString())).isEqualTo(ExitCode.VIOLATIONS);
            assertThat(out.toString()).contains(file + ":1  Dockerfile").contains("1 subject, 1 denied");
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(run("check", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(out.toString()).contains("no such file or folder");
    }

    @Test
    void tellsAMalformedPodWithItsPlace() throws IOException {
        String pod = Files.readString(Path.of(BAD)).replace("privileged: true", "privileged: \"true\"");
        Path file = Files.writeString(folder.resolve("pod.yaml"), pod);
        assertThat(run("check", file.toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(out.toString()).contains(file + ":11", "privileged must be true or false, but is a string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "check --profile lenient x.yaml",
                "check --profile none x.yaml",
                "check --profile-version v1.30 x.yaml",
                "check --profile restricted --profile-version 1.30 x.yaml",
                "check --profile restricted --policy x x.yaml",
                "check --policy nowhere.yaml x.yaml",
                "check -o xml x.yaml",
                "check --namespace-labels nowhere.yaml x.yaml",
                "policy lint",
                "policy lint -o sarif x.yaml",
                "policy from-namespace-labels nowhere.yaml",
                "test",
                "explain no-such-check",
                "serve --polcy=x",
                "no-such-command"
            })
    void refusesBadUsage(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).startsWith("portcullis: ").contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void handsPropertiesToTheServer() {
        assertThat(run("serve", "--portcullis.admission.port=1", "--portcullis.default-mode=warn"))
                .isEqualTo(2);
    }

    @Test
    void listsAndExplainsEveryCheck() {
        assertThat(run("checks")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(Catalogue.all().size() + 1);
        Catalogue.all().forEach(check -> {
            clear();
            String id = check.info().id();
            assertThat(run("explain", id)).isZero();
            assertThat(out.toString()).startsWith(id + ": ").contains("severity", "field");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "check --help",
                "checks --help",
                "explain --help",
                "policy --help",
                "policy lint --help",
                "policy from-namespace-labels --help",
                "profile --help",
                "profile apparmor --help",
                "profile seccomp --help",
                "profile seccomp diff --help",
                "profile seccomp explain --help",
                "profile seccomp groups --help",
                "test --help",
                "serve --help"
            })
    void helps(String line) {
        assertThat(run(line.split(" ", -1))).isZero();
        assertThat(out.toString()).startsWith("Usage: portcullis");
    }

    @Test
    void listsEveryPropertyInTheHelpOfServe() {
        run("serve", "--help");
        assertThat(out.toString()).contains("portcullis.admission.port (8443)", "portcullis.default-mode (enforce)");
    }
}
