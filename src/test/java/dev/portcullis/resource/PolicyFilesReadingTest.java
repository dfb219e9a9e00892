package dev.portcullis.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Level;
import dev.portcullis.kubernetes.WorkloadReader;
import dev.portcullis.policy.BoundCheck;
import dev.portcullis.policy.BoundCheck.Fixing;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Profile;
import dev.portcullis.testing.Sets;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy's text comes to mean. */
final class PolicyFilesReadingTest {
    private static final String FULL = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: default, labels: {team: platform}}
            spec:
              match:
                platforms: [kubernetes, docker]
                namespaces: {exclude: [kube-system]}
                kinds: [Pod, Deployment]
              profile: hardened
              version: v1.30
              mode: enforce
              fix: true
              checks:
                read-only-root-filesystem: {mode: warn, fix: true}
                pids-limit: {parameters: {max: 100}}
                capabilities-added: {fix: false, parameters: {allow: [CHOWN]}}
                image-digest: {mode: "off"}
                image-tag: {mode: audit}
            """;

    @TempDir
    Path folder;

    @Test
    void readsTheFullExample() throws Exception {
        Policy policy = read(FULL);
        assertThat(policy.name()).isEqualTo("default");
        assertThat(policy.profile()).isEqualTo(Profile.HARDENED);
        assertThat(policy.version()).isEqualTo(new KubernetesVersion(30));
        assertThat(policy.checks())
                .extracting(check -> check.check().info().id())
                .containsExactlyElementsOf(Catalogue.all().stream()
                        .map(check -> check.info().id())
                        .filter(id -> !id.equals("image-digest"))
                        .toList());
        assertThat(check(policy, "privileged"))
                .extracting(BoundCheck::mode, BoundCheck::fixing)
                .containsExactly(Mode.ENFORCE, Fixing.SAFE);
        assertThat(check(policy, "read-only-root-filesystem"))
                .extracting(BoundCheck::mode, BoundCheck::fixing)
                .containsExactly(Mode.WARN, Fixing.ALL);
        assertThat(check(policy, "capabilities-added"))
                .extracting(BoundCheck::mode, BoundCheck::fixing)
                .containsExactly(Mode.ENFORCE, Fixing.NONE);
        assertThat(check(policy, "image-tag"))
                .extracting(BoundCheck::mode, BoundCheck::fixing)
                .containsExactly(Mode.AUDIT, Fixing.SUGGESTED);
        assertThat(policy.checks()).allSatisfy(check -> {
            assertThat(check.criteria().level()).isEqualTo(Level.HARDENED);
            assertThat(check.criteria().version()).isEqualTo(new KubernetesVersion(30));
        });
    }

    @Test
    void setsParametersAndKeepsTheOthers() throws Exception {
        Policy policy = read(FULL);
        assertThat(check(policy, "pids-limit").criteria().parameters().number("max"))
                .isEqualTo(100);
        assertThat(check(policy, "pids-limit").criteria().parameters().number("podMax"))
                .isEqualTo(1024);
        assertThat(check(policy, "capabilities-added").criteria().parameters().strings("allow"))
                .containsExactly("CHOWN");
        assertThat(check(policy, "seccomp-profile").criteria().parameters().strings("allow"))
                .containsExactly("*");
    }

    @Test
    void matches() throws Exception {
        Policy policy = read(FULL);
        assertThat(policy.covers(pods("Pod", "shop"), Sets.ALONE)).isTrue();
        assertThat(policy.covers(pods("Deployment", null), Sets.ALONE)).isTrue();
        assertThat(policy.covers(pods("Job", "shop"), Sets.ALONE)).isFalse();
        assertThat(policy.covers(pods("Pod", "kube-system"), Sets.ALONE)).isFalse();
        assertThat(policy.covers(container(), Sets.ALONE)).isTrue();
        Policy docker = read(small("{match: {platforms: [docker]}}"));
        assertThat(docker.covers(pods("Pod", "shop"), Sets.ALONE)).isFalse();
        assertThat(docker.covers(container(), Sets.ALONE)).isTrue();
    }

    /** Every kind of the API groups whose resources may hold pods, as Kubernetes 1.36 has them. */
    @ParameterizedTest
    @CsvSource({
        "'', Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume"
                + " PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service"
                + " ServiceAccount",
        "apps, ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
        "batch, CronJob Job",
    })
    void knowsTheKindsThatHoldPods(String group, String kinds) throws IOException {
        for (String kind : kinds.split(" ", -1)) {
            String text = small("{mode: warn, match: {kinds: [" + kind + "]}}");
            Path file = Files.writeString(folder.resolve("policy.yaml"), text);
            assertThat(catchThrowable(() -> PolicyFiles.read(file)) == null)
                    .as(kind)
                    .isEqualTo(WorkloadReader.holdsPods(group, kind));
        }
    }

    @Test
    void choosesTheStrictestWhereNothingIsSaid() throws Exception {
        Policy policy = read(small("{}"));
        assertThat(policy.profile()).isEqualTo(Profile.HARDENED);
        assertThat(policy.version()).isEqualTo(BuiltInPolicies.VERSION);
        assertThat(policy.checks()).hasSameSizeAs(Catalogue.all()).allSatisfy(check -> {
            boolean advisory = check.check().info().advisory();
            assertThat(check.mode()).isEqualTo(advisory ? Mode.WARN : Mode.ENFORCE);
            assertThat(check.fixing()).isEqualTo(advisory ? Fixing.SUGGESTED : Fixing.SAFE);
        });
        assertThat(policy.covers(pods("CronJob", "kube-system"), Sets.ALONE)).isTrue();
        assertThat(policy.covers(container(), Sets.ALONE)).isTrue();
    }

    @Test
    void putsACheckBeforeThePolicy() throws Exception {
        Policy policy = read(small("{profile: none, mode: warn, fix: suggest,"
                + " checks: {privileged: {mode: enforce}, host-pid: {}, host-ipc: {fix: true}}}"));
        assertThat(policy.checks())
                .extracting(check -> check.check().info().id(), BoundCheck::mode, BoundCheck::fixing)
                .containsExactly(
                        tuple("privileged", Mode.ENFORCE, Fixing.SUGGESTED),
                        tuple("host-pid", Mode.WARN, Fixing.SUGGESTED),
                        tuple("host-ipc", Mode.WARN, Fixing.ALL));
    }

    @Test
    void offersNoFixWhereThePolicySaysSo() throws Exception {
        Policy policy = read(small("{profile: none, fix: false, checks: {privileged: {}, host-ipc: {fix: true}}}"));
        assertThat(policy.checks()).extracting(BoundCheck::fixing).containsExactly(Fixing.NONE, Fixing.ALL);
    }

    @Test
    void addsANamedCheckToAProfile() throws Exception {
        Policy policy = read(small("{profile: baseline, version: latest, checks: {pids-limit: {}}}"));
        assertThat(policy.version()).isEqualTo(KubernetesVersion.LATEST);
        List<String> held = Catalogue.all().stream()
                .map(check -> check.info())
                .filter(info -> Profile.BASELINE.holds(info, KubernetesVersion.LATEST))
                .map(CheckInfo::id)
                .toList();
        assertThat(policy.checks())
                .extracting(check -> check.check().info().id())
                .containsAll(held)
                .contains("pids-limit")
                .hasSize(held.size() + 1);
    }

    private Policy read(String text) throws IOException, PolicyException {
        List<Policy> policies = PolicyFiles.read(Files.writeString(folder.resolve("policy.yaml"), text))
                .policies();
        assertThat(policies).hasSize(1);
        return policies.getFirst();
    }

    private static String small(String spec) {
        return """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: default}
                spec: %s
                """.formatted(spec);
    }

    private static BoundCheck check(Policy policy, String id) {
        return policy.checks().stream()
                .filter(check -> check.check().info().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Subject pods(String kind, @Nullable String namespace) {
        return new Subject(Form.POD, kind, namespace, "web");
    }

    private static Subject container() {
        return new Subject(Form.CONTAINER, "Container", null, "web");
    }
}
