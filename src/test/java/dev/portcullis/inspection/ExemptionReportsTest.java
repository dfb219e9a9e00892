package dev.portcullis.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.FixMode;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Profile;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Rule;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Workload;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each form of report makes of violations for which there is leave, and of a policy's own rules. */
class ExemptionReportsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant END = Instant.parse("2027-03-01T00:00:00Z");
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              hostPID: true
              containers: [{name: app, image: "a:1"}]
            """;

    /** Nobody's label is right. */
    private static final class Never implements Question {
        @Override
        public String message() {
            return "never";
        }

        @Override
        public boolean concerns(Form form) {
            return form == Form.POD;
        }

        @Override
        public boolean asksForNamespace() {
            return false;
        }

        @Override
        public Answer ask(Workload workload, Circumstances circumstances) {
            return new Failed("label team is missing", null);
        }
    }

    private static List<Inspection> inspect(Instant now) {
        Policy policy = new Policy(
                "p",
                Match.EVERYTHING,
                Profile.BASELINE,
                KubernetesVersion.LATEST,
                Mode.ENFORCE,
                FixMode.NONE,
                Map.of(),
                new Policy.Extras(List.of(Rule.of("team", Mode.WARN, "false", new Never())), false, Set.of("ex")));
        Exemption exemption = new Exemption(
                "ex",
                "web",
                new Exemption.Holder(Platform.KUBERNETES, "shop", "Pod", "web", Set.of()),
                Set.of("host-pid"),
                "ann@example.com",
                "it must",
                END);
        PolicySet policies = new PolicySet(List.of(policy), List.of(exemption), Set.of(), "1");
        Premises premises =
                new Premises(ImageKnowledge.NONE, Surroundings.NONE, ClusterKnowledge.NONE, InstantSource.fixed(now));
        try {
            return new Inspector(policies, null, false, premises).inspect("pod.yaml", POD.getBytes(UTF_8), 10);
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    private static String report(Function<PrintWriter, ReportWriter> form) {
        return Samples.report(form, inspect(END.minusSeconds(1)));
    }

    @Test
    void tableTellsUntilWhen() {
        assertThat(report(out -> new TextReport(out, TextReport.Paint.PLAIN, false)))
                .isEqualTo("""
                pod.yaml:1  Pod shop/web  allowed
                  leave  host-pid                    line 5     spec.hostPID is true; exempted by ex/web until 2027-03-01T00:00:00Z
                  warn   rules/team                             label team is missing

                1 subject, 1 allowed; findings: 1 warn, 1 exempted
                """);
        assertThat(Samples.report(out -> new TextReport(out, TextReport.Paint.PLAIN, false), inspect(END)))
                .contains("deny   host-pid", "spec.hostPID is true; set it to false");
    }

    @Test
    void jsonCountsThem() {
        JsonNode report = JSON.readTree(report(out -> new JsonReport(out, JSON)));
        assertThat(report.at("/summary/findings/exempted").asInt(0)).isEqualTo(1);
        assertThat(report.at("/summary/findings/enforce").asInt(1)).isZero();
        assertThat(report.at("/results/0/findings/0/exemption/owner").asString(""))
                .isEqualTo("ann@example.com");
    }

    @Test
    void sarifSuppressesThemAndKnowsTheRulesOfPolicies() {
        JsonNode run = JSON.readTree(report(out -> new SarifReport(out, JSON))).at("/runs/0");
        JsonNode leave = run.at("/results/0");
        assertThat(leave.path("ruleId").asString("")).isEqualTo("host-pid");
        assertThat(leave.at("/suppressions/0/kind").asString("")).isEqualTo("external");
        assertThat(leave.at("/suppressions/0/justification").asString(""))
                .isEqualTo("exempted by ex/web of ann@example.com until 2027-03-01T00:00:00Z: it must");
        JsonNode rule = run.at("/results/1");
        assertThat(rule.path("ruleId").asString("")).isEqualTo("rules/team");
        assertThat(rule.has("suppressions")).isFalse();
        assertThat(run.at("/tool/driver/rules/" + rule.path("ruleIndex").asInt(-1) + "/id")
                        .asString(""))
                .isEqualTo("rules");
    }

    @Test
    void junitPassesThem() {
        assertThat(report(out -> new JunitReport(out, Mode.ENFORCE)))
                .contains("failures=\"0\"", "name=\"rules/team\"", "name=\"host-pid\"")
                .contains(
                        "<system-out>line 5: spec.hostPID is true; set it to false (exempted by ex/web)</system-out>");
    }

    @Test
    void formsOfPullRequestsLeaveThemOut() {
        assertThat(report(GithubReport::new)).isEqualTo("""
                ::warning file=pod.yaml,line=1,col=1,title=rules/team::Pod shop/web: label team is missing
                1 subject, 1 allowed; findings: 1 warn, 1 exempted
                """);
        assertThat(report(MarkdownReport::new)).contains("| rules/team |").doesNotContain("host-pid");
    }
}
