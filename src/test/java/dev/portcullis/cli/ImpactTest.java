package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImpactTest {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: mine}
            spec:
              profile: none
              mode: '%s'
              fix: %s
              checks:
                privileged: {}
                no-new-privileges: {mode: '%s'}
            """;

    @TempDir
    private Path folder;

    private Path current;
    private Path pods;

    @BeforeEach
    void write() throws Exception {
        current = Files.writeString(folder.resolve("current.yaml"), POLICY.formatted("warn", "false", "off"));
        pods = Files.writeString(folder.resolve("pods.yaml"), """
                {apiVersion: v1, kind: Pod, metadata: {name: bad, namespace: shop},
                 spec: {containers: [{name: web, image: web, securityContext: {privileged: true}}]}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: good, namespace: shop},
                 spec: {containers: [{name: web, image: web,
                   securityContext: {privileged: false, allowPrivilegeEscalation: false}}]}}
                """);
    }

    private CommandRun impact(String candidate, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("candidate.yaml"), candidate);
        String[] arguments = new String[more.length + 5];
        arguments[0] = "impact";
        arguments[1] = "--policy";
        arguments[2] = file.toString();
        arguments[3] = "--current";
        arguments[4] = current.toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void tellsWhoWouldBeDeniedAndFails() throws Exception {
        CommandRun run = impact(POLICY.formatted("enforce", "false", "off"), pods.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("allow -> deny (1 owner)", "  Pod shop/bad in " + pods, "privileged: container web: ")
                .contains("1 owner of 2 judgements: 1 newly denied, 0 newly allowed, 0 newly warned, 0 newly patched.")
                .doesNotContain("shop/good");
        assertThat(impact(POLICY.formatted("enforce", "false", "off"), pods.toString(), "--fail-on", "nothing")
                        .code())
                .isZero();
    }

    @Test
    void tellsNewWarningsAndPatches() throws Exception {
        CommandRun run = impact(POLICY.formatted("warn", "true", "warn"), pods.toString(), "-o", "json");

        assertThat(run.code()).isZero();
        JsonNode report = JsonMapper.shared().readTree(run.out());
        assertThat(report.path("summary").path("warned").intValue()).isEqualTo(1);
        JsonNode owner = report.path("owners").get(0);
        assertThat(owner.path("name").stringValue()).isEqualTo("bad");
        assertThat(owner.path("warnings").get(0).path("check").stringValue()).isEqualTo("no-new-privileges");
        assertThat(impact(POLICY.formatted("warn", "false", "warn"), pods.toString(), "--fail-on", "warn")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void tellsInMarkdownWithNothingThatComesToLife() throws Exception {
        Files.writeString(pods, Files.readString(pods).replace("name: bad", "name: 'x`|<b>@all'"));

        String told = impact(POLICY.formatted("enforce", "false", "off"), pods.toString(), "-o", "markdown")
                .out();

        assertThat(told).contains("| allow -> deny | times | why |").contains("| `Pod shop/x'\\|<b>@all` in `");
    }

    @Test
    void wantsToKnowWhatToTryItOn() throws Exception {
        assertThat(impact(POLICY.formatted("warn", "false", "off")).code()).isEqualTo(2);
        assertThat(impact(POLICY.formatted("warn", "false", "off"), pods.toString(), "--cluster")
                        .err())
                .contains("one of them");
        CommandRun none =
                impact(POLICY.formatted("warn", "false", "off"), "--history", "24h", "--data", folder.toString());
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.err()).contains("there is no history in " + folder.resolve("history"));
        assertThat(impact(POLICY.formatted("warn", "false", "off"), "--history", "yesterday")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void tellsWhatItCouldNotRead() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "a: [");

        CommandRun run = impact(POLICY.formatted("warn", "false", "off"), broken.toString(), pods.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(broken.toString());
        assertThat(run.out()).contains("Nothing changes");
    }
}
