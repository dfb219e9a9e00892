package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Result;
import dev.portcullis.document.Yaml;
import dev.portcullis.kubernetes.WorkloadReader;
import dev.portcullis.testing.Sets;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private final Evaluator evaluator = new Evaluator(false);

    @Test
    void deniesWhereACheckBreaks() throws Exception {
        Report report = Sets.judge(evaluator, broken(pod("good-pod.yaml")), List.of(only("privileged", Mode.ENFORCE)));
        assertThat(report.allowed()).isFalse();
        assertThat(report.findings()).singleElement().satisfies(judged -> {
            assertThat(judged.finding().result()).isEqualTo(Result.ERROR);
            assertThat(judged.finding().message()).contains("check privileged could not be completed");
        });
    }

    @Test
    void goesOnDenyingWhereACheckBreaksOnBothSidesOfAnUpdate() throws Exception {
        List<Policy> policies = List.of(only("privileged", Mode.ENFORCE));
        Report report = Sets.judge(evaluator, broken(pod("good-pod.yaml")), policies);
        assertThat(report.since(report, Set.of()).allowed()).isFalse();
    }

    @Test
    void appliesAFixThatAnyPolicyApplies() throws Exception {
        Policy fixing = with("read-only-root-filesystem", new CheckRule(Mode.WARN, BoundCheck.Fixing.ALL, Map.of()));
        Policy enforcing = with("read-only-root-filesystem", CheckRule.of(Mode.ENFORCE));
        for (List<Policy> policies : List.of(List.of(fixing, enforcing), List.of(enforcing, fixing))) {
            Report report = Sets.judge(evaluator, pod("root-pod.yaml"), policies);
            assertThat(report.edits())
                    .extracting(edit -> edit.path().field())
                    .contains("spec.containers[0].securityContext.readOnlyRootFilesystem");
            assertThat(report.allowed()).isFalse();
        }
    }

    @Test
    void offersNoFixWhereThePolicyWantsNone() throws Exception {
        Policy policy = with("seccomp-profile", new CheckRule(Mode.ENFORCE, BoundCheck.Fixing.NONE, Map.of()));
        Report report = Sets.judge(evaluator, pod("root-pod.yaml"), List.of(policy));
        assertThat(report.findings())
                .singleElement()
                .satisfies(judged -> assertThat(judged.finding().fix()).isNull());
    }

    @Test
    void takesTheStrictestOfSeveralPolicies() throws Exception {
        List<Policy> policies = List.of(
                only("privileged", Mode.AUDIT), only("privileged", Mode.ENFORCE), only("privileged", Mode.WARN));
        Report report = Sets.judge(evaluator, pod("root-pod.yaml"), policies);
        assertThat(report.findings())
                .singleElement()
                .satisfies(judged -> assertThat(judged.mode()).isEqualTo(Mode.ENFORCE));
        assertThat(report.policies()).hasSize(3);
    }

    @Test
    void leavesAloneWhatNoPolicyCovers() throws Exception {
        Policy elsewhere = new Policy(
                "elsewhere",
                new Match(Set.of(Platform.KUBERNETES), Set.of("shop"), Set.of()),
                Profile.HARDENED,
                KubernetesVersion.LATEST,
                Mode.ENFORCE,
                FixMode.APPLY,
                Map.of());
        Report report = Sets.judge(evaluator, pod("root-pod.yaml"), List.of(elsewhere));
        assertThat(report.policies()).isEmpty();
        assertThat(report.allowed()).isTrue();
    }

    @Test
    void denyingStopsAtWarnAndBelow() throws Exception {
        for (Mode mode : List.of(Mode.WARN, Mode.AUDIT)) {
            Report report = Sets.judge(evaluator, pod("root-pod.yaml"), List.of(only("privileged", mode)));
            assertThat(report.allowed()).isTrue();
            assertThat(report.violations(mode)).hasSize(1);
        }
        assertThat(Sets.judge(evaluator, pod("root-pod.yaml"), List.of(only("privileged", Mode.OFF)))
                        .findings())
                .isEmpty();
    }

    @Test
    void theDefaultPolicyBeginsGentlyWhereItIsToldTo() throws Exception {
        assertThat(Sets.judge(evaluator, pod("root-pod.yaml"), BuiltInPolicies.set(Mode.ENFORCE))
                        .allowed())
                .isFalse();
        Report gentle = Sets.judge(evaluator, pod("root-pod.yaml"), BuiltInPolicies.set(Mode.WARN));
        assertThat(gentle.allowed()).isTrue();
        assertThat(gentle.edits()).as("a gate in warn changes nothing").isEmpty();
    }

    @Test
    void judgesNobodyWhomAnActExcepts() {
        Except except = new Except(Set.of("ann"), Set.of("oncall", "sre"));
        List<Policy> policies = List.of(with("commit", new CheckRule(Mode.ENFORCE, null, Map.of(), except)));
        assertThat(allows(policies, new Requester("ann", Set.of()))).isTrue();
        assertThat(allows(policies, new Requester("bob", Set.of("developers", "sre"))))
                .isTrue();
        assertThat(allows(policies, new Requester("Ann", Set.of("ann", "oncall2"))))
                .isFalse();
        assertThat(allows(policies, Requester.UNKNOWN)).isFalse();
        assertThat(allows(policies, new Requester(null, Set.of("oncall"))))
                .as("a group of somebody whom the platform does not know")
                .isFalse();
    }

    @Test
    void anExceptionOfOnePolicyIsNoneOfAnother() {
        Except ann = new Except(Set.of("ann"), Set.of());
        List<Policy> policies = List.of(
                with("commit", new CheckRule(Mode.ENFORCE, null, Map.of(), ann)),
                with("commit", CheckRule.of(Mode.ENFORCE)));
        assertThat(allows(policies, new Requester("ann", Set.of()))).isFalse();
    }

    @Test
    void exceptsNobodyFromChecksOfContainers() {
        CheckRule rule = new CheckRule(Mode.ENFORCE, null, Map.of(), new Except(Set.of("ann"), Set.of()));
        assertThatThrownBy(() -> with("runtime-socket", rule)).hasMessageContaining("runtime-socket is no act");
    }

    @Test
    void ofTheProfilesOnlyHardenedAsksActs() {
        for (Profile profile : List.of(Profile.BASELINE, Profile.RESTRICTED)) {
            assertThat(Policy.of(profile, KubernetesVersion.LATEST).checks())
                    .noneMatch(bound -> bound.check().isAct());
        }
        assertThat(Policy.of(Profile.HARDENED, KubernetesVersion.LATEST).checks())
                .filteredOn(bound -> bound.check().isAct())
                .hasSize(12);
    }

    @Test
    void aStarProtectsContainersThatAreInNoNamespace() {
        Act attach = new Act(
                new Subject(Form.ENGINE_REQUEST, "Container", null, "web"), Requester.UNKNOWN, new Deed.Attach());
        assertThat(Sets.judge(evaluator, attach, List.of(with("attach", CheckRule.of(Mode.ENFORCE))))
                        .allowed())
                .isTrue();
        CheckRule everywhere = new CheckRule(Mode.ENFORCE, null, Map.of("namespaces", List.of("*")));
        Report report = Sets.judge(evaluator, attach, List.of(with("attach", everywhere)));
        assertThat(report.allowed()).isFalse();
        assertThat(report.findings().getFirst().finding().message())
                .startsWith("attaches to a container, and all are protected; ");
    }

    private boolean allows(List<Policy> policies, Requester requester) {
        Subject subject = new Subject(Form.ENGINE_REQUEST, "Container", null, "web");
        return Sets.judge(evaluator, new Act(subject, requester, new Deed.Commit()), policies)
                .allowed();
    }

    private static Policy only(String check, Mode mode) {
        return with(check, CheckRule.of(mode));
    }

    private static Policy with(String check, CheckRule rule) {
        return new Policy(
                "one",
                Match.EVERYTHING,
                Profile.NONE,
                KubernetesVersion.LATEST,
                Mode.ENFORCE,
                FixMode.APPLY,
                Map.of(check, rule));
    }

    private static Workload pod(String example) throws Exception {
        byte[] text = Files.readAllBytes(Path.of("src", "test", "examples", example));
        return WorkloadReader.read(Yaml.readAll(text, 1).getFirst().root()).orElseThrow();
    }

    /** What no reader makes: a workload in which something is missing that must be there. */
    @SuppressWarnings("NullAway")
    private static Workload broken(Workload whole) {
        return new Workload(
                whole.subject(),
                whole.windows(),
                whole.hostPid(),
                whole.hostIpc(),
                whole.hostNetwork(),
                whole.hostUts(),
                whole.hostUsers(),
                whole.podSecurity(),
                whole.sysctls(),
                whole.appArmorAnnotations(),
                whole.seccompAnnotations(),
                whole.volumes(),
                null,
                whole.memoryMounts(),
                whole.cgroupNamespace(),
                whole.runtime(),
                whole.serviceAccountToken(),
                whole.networkIsolated(),
                whole.unprivilegedPorts(),
                whole.blockDevices(),
                whole.images(),
                whole.digests(),
                whole.profiles());
    }
}
