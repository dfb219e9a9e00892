package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check} over compose files and what lies beside them. */
class ComposeCheckTest {
    private static final String SERVICE = """
            services:
              web:
                image: web:1.0
                user: "10001"
                pids_limit: 8
                read_only: true
                security_opt: [no-new-privileges:true]
            """;

    @TempDir
    private Path folder;

    private JsonNode check(String... arguments) {
        StringWriter out = new StringWriter();
        String[] all = new String[arguments.length + 3];
        System.arraycopy(new String[] {"check", "-o", "json"}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> properties.size(),
                        (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(out))
                .execute(all);
        return JsonMapper.shared().readTree(out.toString());
    }

    private String write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String decision(JsonNode report) {
        return report.path("results").path(0).path("decision").asString("");
    }

    @Test
    void inAFolderAnOverrideIsMergedAndNotJudgedAlone() throws IOException {
        String file = write("compose.yaml", SERVICE);
        write("compose.override.yaml", "services: {web: {privileged: true, pids_limit: null}}");

        JsonNode report = check(folder.toString());

        assertThat(report.path("results")).hasSize(1);
        assertThat(decision(report)).isEqualTo("deny");
        assertThat(report.path("results").path(0).path("patch")).isEmpty();
        assertThat(report.toString()).contains("compose.override.yaml");
        assertThat(decision(check(file))).isEqualTo("allow");
    }

    @Test
    void anOverrideThatIsNamedIsMergedAsDockerComposeDoes() throws IOException {
        String file = write("one.yaml", SERVICE);
        String over = write("two.yaml", "services: {web: {pid: host}}");

        assertThat(decision(check(file))).isEqualTo("allow");
        assertThat(decision(check("--compose-override", over, file))).isEqualTo("deny");
    }

    @Test
    void theEnvironmentFileBesideItIsRead() throws IOException {
        String file = write("compose.yaml", SERVICE.replace("read_only: true", "read_only: ${LOCKED}"));
        write(".env", "LOCKED=true\n");
        assertThat(decision(check(file))).isEqualTo("allow");

        write(".env", "LOCKED=false\n");
        assertThat(decision(check(file))).isEqualTo("deny");
    }

    @Test
    void findingsHaveTheirLineAndColumn() throws IOException {
        String file = write("compose.yaml", SERVICE + "    pid: host\n");

        JsonNode found = null;
        for (JsonNode finding : check(file).path("results").path(0).path("findings")) {
            if (finding.path("check").asString("").equals("host-pid")) {
                found = finding;
            }
        }

        assertThat(found).isNotNull();
        assertThat(found.path("path").asString("")).isEqualTo("/services/web/pid");
        assertThat(found.path("line").asInt(0)).isEqualTo(8);
        assertThat(found.path("column").asInt(0)).isEqualTo(10);
    }

    @Test
    void whatIsWrongHidesNoOtherService() throws IOException {
        JsonNode report = check(write("compose.yaml", SERVICE + "  odd: {privilegd: true}\n"));

        assertThat(report.path("results")).hasSize(2);
        assertThat(report.path("results").path(1).path("error").asString(""))
                .startsWith("services.odd.privilegd is no key that a service has");
    }

    private static JsonNode finding(JsonNode report, String check) {
        for (JsonNode finding : report.path("results").path(0).path("findings")) {
            if (finding.path("check").asString("").equals(check)) {
                return finding;
            }
        }
        throw new AssertionError("no finding of " + check);
    }

    @Test
    void aFileOfSeveralDocumentsIsNotJudgedInParts() throws IOException {
        JsonNode report = check(write("compose.yaml", SERVICE + "---\nnetworks: {default: {name: host}}\n"));

        assertThat(report.path("results").path(0).path("error").asString("")).contains("write one document");
        JsonNode beside = check(write("both.yaml", SERVICE + "---\napiVersion: v1\nkind: ConfigMap\n"));
        assertThat(decision(beside)).isEqualTo("allow");
    }

    @Test
    void aFileThatOnlyIncludesIsAComposeFile() throws IOException {
        String file = write("compose.yaml", "include: [other.yaml]\n");
        write("other.yaml", SERVICE + "    pid: host\n");

        JsonNode report = check(file);

        assertThat(decision(report)).isEqualTo("deny");
        assertThat(report.path("results").path(0).path("patch")).isEmpty();
        assertThat(finding(report, "host-pid").path("line").asInt(0)).isEqualTo(1);
        assertThat(finding(report, "host-pid").path("column").asInt(0)).isEqualTo(11);
    }

    @Test
    void aSecretThatIsAFolderIsAPathOfTheHost() throws IOException {
        Files.createDirectories(folder.resolve("keys"));
        String file = write("compose.yaml", SERVICE + "    secrets: [keys]\nsecrets: {keys: {file: ./keys}}\n");

        assertThat(finding(check(file), "host-path-volumes").path("result").asString(""))
                .isEqualTo("fail");
    }

    @Test
    void whatIsResetIsNotMendedThere() throws IOException {
        String file = write("compose.yaml", SERVICE + "    cap_drop: !reset []\n");

        assertThat(finding(check(file), "capabilities-dropped").hasNonNull("fix"))
                .isFalse();
    }

    @Test
    void whatAnotherServiceSaysIsNotMendedHere() throws IOException {
        String file = write("compose.yaml", """
                services:
                  web: {extends: base}
                  base: {image: "web:1", volumes: ["./x:/x"]}
                """);

        JsonNode mount = finding(check(file), "read-only-mounts");

        assertThat(mount.path("path").asString("")).isEqualTo("/services/base/volumes/0");
        assertThat(mount.hasNonNull("fix")).isFalse();
    }

    @Test
    void aPathThatNoMachineHasIsTheErrorOfItsFile() throws IOException {
        write("a.yaml", "include: [\"a\\0b\"]\n");
        write("b.yaml", SERVICE);

        JsonNode report = check(folder.toString());

        assertThat(report.path("results")).hasSize(2);
        assertThat(report.path("results").path(0).path("error").asString("")).isNotEmpty();
        assertThat(report.path("results").path(1).path("decision").asString("")).isEqualTo("allow");
    }

    @Test
    void theTextSaysWhereNothingWasJudged() throws IOException {
        String file = write("compose.yaml", "services: {web: {provider: {type: model}}}\n");
        StringWriter out = new StringWriter();
        PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> properties.size(),
                        (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(out))
                .execute("check", file);

        assertThat(out.toString()).contains("ComposeService web  allowed, nothing judged\n");
    }
}
