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
        PortcullisCommand.commandLine((data, policy, certificate, key, properties) -> properties.size())
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
}
