package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LintTest {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: default}
            spec:
              profile: baseline
              checks:
                memory-limit: {mode: warn}
              exemptionNamespaces: [exemptions]
            """;

    @TempDir
    private Path folder;

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String exemption(String checks, String more, Instant end) {
        return """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningExemption
                metadata: {name: web, namespace: exemptions}
                spec:
                  subject: {namespace: shop, kind: Deployment, name: web%s}
                  checks: [%s]
                  owner: ann@example.com
                  reason: it must
                  expiresAt: %s
                """.formatted(more, checks, end);
    }

    private static Instant inDays(int days) {
        return Instant.now().plus(days, ChronoUnit.DAYS);
    }

    @Test
    void countsWhatIsFine() throws IOException {
        String policy = write("policy.yaml", POLICY);
        String exemption = write("exemption.yaml", exemption("host-network, privileged", "", inDays(100)));
        CommandRun run = CommandRun.of("policy", "lint", "--strict", policy, exemption);
        assertThat(run.out()).isEqualTo("1 policy, 1 exemption: ok\n");
        assertThat(run.code()).isZero();
        assertThat(CommandRun.of("policy", "lint", folder.toString())).isEqualTo(run);
    }

    @Test
    void tellsEveryErrorByPlaceWithTheNearestSpelling() throws IOException {
        String policy = write(
                "policy.yaml", POLICY.replace("memory-limit", "memory-limits").replace("baseline", "basline"));
        CommandRun run = CommandRun.of("policy", "lint", policy);
        assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.out().lines())
                .containsExactly(
                        policy + ":5:12: spec.profile: \"basline\" is not known; did you mean \"baseline\"?",
                        policy + ":7:5: spec.checks.memory-limits: there is no check \"memory-limits\";"
                                + " did you mean \"memory-limit\"?");
        JsonNode report = JsonMapper.shared()
                .readTree(CommandRun.of("policy", "lint", "-o", "json", policy).out());
        assertThat(report.at("/errors/1/line").intValue()).isEqualTo(7);
        assertThat(report.path("policies").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "privileged                | ''                  | -1  | 9:14: warning: spec.expiresAt: has passed",
                "privileged                | ''                  | 13  | 9:14: warning: spec.expiresAt: is less than 14 days",
                "'privileged, cpu-limit'   | ''                  | 99  | 6:24: warning: spec.checks[1]: no policy that heeds this exemption asks \"cpu-limit\"",
                "memory-limit              | ''                  | 99  | 6:12: warning: spec.checks[0]: no policy that heeds this exemption enforces \"memory-limit\"",
                "dockerfile-user           | ''                  | 99  | 6:12: warning: spec.checks[0]: \"dockerfile-user\" asks nothing of a Deployment",
                "rules/team                | ''                  | 99  | 6:12: warning: spec.checks[0]: no policy that heeds this exemption asks \"rules/team\"",
                "'host-pid, host-network'  | ', containers: [a]' | 99  | 5:71: warning: spec.subject.containers: the checks named are about the pod as a whole",
            })
    void warnsOfExemptionsThatDoLess(String checks, String more, int days, String warning) throws IOException {
        write("policy.yaml", POLICY);
        String exemption = write("web.yaml", exemption(checks, more, inDays(days)));
        CommandRun run = CommandRun.of("policy", "lint", folder.toString());
        assertThat(run.out().lines().findFirst().orElseThrow()).startsWith(exemption + ":" + warning);
        assertThat(run.out()).endsWith("1 policy, 1 exemption: 1 warning\n");
        assertThat(run.code()).isZero();
        assertThat(CommandRun.of("policy", "lint", "--strict", folder.toString())
                        .code())
                .isEqualTo(ExitCode.VIOLATIONS);
        assertThat(JsonMapper.shared()
                        .readTree(CommandRun.of("policy", "lint", "-o", "json", folder.toString())
                                .out())
                        .path("warnings"))
                .hasSize(1);
    }

    @Test
    void doesNotWarnOfContainersWhereOneCheckConcernsThem() throws IOException {
        write("policy.yaml", POLICY);
        write("web.yaml", exemption("host-pid, privileged", ", containers: [a]", inDays(99)));
        assertThat(CommandRun.of("policy", "lint", folder.toString()).out()).endsWith(": ok\n");
    }

    @Test
    void doesNotDoubtWhatHonouredLabelsMayAsk() throws IOException {
        write(
                "policy.yaml",
                POLICY.replace("  checks:\n    memory-limit: {mode: warn}", "  podSecurityLabels: honour"));
        write("web.yaml", exemption("run-as-non-root", "", inDays(99)));
        assertThat(CommandRun.of("policy", "lint", folder.toString()).out()).endsWith(": ok\n");
    }

    @Test
    void heedsNamespacesThatTheServerIsTold() throws IOException {
        String policy = write("policy.yaml", POLICY.replace("  exemptionNamespaces: [exemptions]\n", ""));
        String exemption = write("web.yaml", exemption("privileged", "", inDays(99)));
        assertThat(CommandRun.of("policy", "lint", policy, exemption).code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(CommandRun.of("policy", "lint", "--exemption-namespace", "exemptions", policy, exemption)
                        .code())
                .isZero();
    }

    @Test
    void refusesWhatHoldsNoPolicy() throws IOException {
        String missing = folder.resolve("missing.yaml").toString();
        String empty = write("empty.yaml", "");
        String binary = Files.write(folder.resolve("binary.yaml"), new byte[] {0, 1, (byte) 0xFF, 7})
                .toString();
        String bare = Files.createDirectory(folder.resolve("bare")).toString();
        Path loop = folder.resolve("loop.yaml");
        Files.createSymbolicLink(loop, loop);
        for (String hostile : new String[] {missing, empty, binary, bare, loop.toString()}) {
            CommandRun run = CommandRun.of("policy", "lint", hostile);
            assertThat(run.code()).as(hostile).isEqualTo(ExitCode.UNREADABLE);
            assertThat(run.out()).startsWith(hostile + ":");
        }
        assertThat(CommandRun.of("policy", "lint", "").code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(CommandRun.of("policy", "lint").code()).isEqualTo(ExitCode.UNREADABLE);
    }
}
