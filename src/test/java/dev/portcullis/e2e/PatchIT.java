package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.kubernetes.PodPatch;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of pods where a policy asks for every fix, and somebody else's webhook changes them too. */
@ExtendWith(ControlPlaneExtension.class)
final class PatchIT {
    private static final String NAMESPACE = "patched";
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: every-fix}
            spec:
              match: {namespaces: {exclude: [kube-system]}}
              profile: none
              checks:
                no-new-privileges: {fix: true}
                seccomp-profile: {fix: true}
                run-as-non-root: {fix: true}
                capabilities-dropped: {fix: true}
                read-only-root-filesystem: {fix: true}
                memory-limit: {fix: true}
                cpu-limit: {fix: true}
                user-namespace: {fix: true}
                service-account-token: {fix: true}
            """;
    private static final String SPEC = """
            {nodeSelector: {portcullis.dev/e2e: nowhere}, securityContext: {runAsUser: 10001}, \
            containers: [{name: web, image: "%s"}]}""".formatted(Manifests.IMAGE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static ControlPlane controlPlane;
    private static PortcullisProcess portcullis;
    private static Webhooks webhooks;
    private static SidecarInjector injector;

    @BeforeAll
    static void guardTheCluster(ControlPlane unguarded) throws IOException {
        controlPlane = unguarded;
        controlPlane.namespace(NAMESPACE, Map.of());
        succeeds(create(pod("running", "")));
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        portcullis = PortcullisProcess.start(controlPlane.webhookHost(), "--policy", policy.toString());
        webhooks = Webhooks.register(controlPlane, portcullis);
        injector = SidecarInjector.register(controlPlane, portcullis);
        injector.awaitCalls(() -> create(pod("awaited", SidecarInjector.LABEL), "--dry-run=server"));
    }

    @AfterAll
    static void openTheCluster() {
        if (injector != null) {
            injector.close();
        }
        if (webhooks != null) {
            webhooks.close();
        }
        if (portcullis != null) {
            portcullis.close();
        }
    }

    @Test
    void theirPodsAreStoredPatched() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        CommandResult created = create("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template: {metadata: {labels: {app: web}}, spec: %s}
                """.formatted(SPEC));
        succeeds(created);
        assertThat(created.stderr()).as("fixes to come are warned of").contains("Warning:", "capabilities-dropped");

        List<Pod> pods = await().atMost(PATIENCE)
                .until(
                        () -> client().pods()
                                .inNamespace(NAMESPACE)
                                .withLabel("app", "web")
                                .list()
                                .getItems(),
                        found -> found.size() == 1);

        isPatched(pods.getFirst(), "web");
        assertThat(client().apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName("web")
                        .require()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getSecurityContext())
                .as("templates stay as they were written")
                .isNull();
    }

    @Test
    void aSidecarThatIsInjectedLaterIsPatchedToo() {
        succeeds(create(pod("joined", SidecarInjector.LABEL)));

        Pod stored = stored("joined");
        assertThat(stored.getSpec().getContainers()).hasSize(2);
        isPatched(stored, "web");
        isPatched(stored, "sidecar");
    }

    @Test
    void aRunningPodIsLeftAlone() {
        Pod before = stored("running");

        CommandResult labelled = controlPlane.kubectl("label", "-n", NAMESPACE, "pod", "running", "team=shop");

        succeeds(labelled);
        Pod after = stored("running");
        assertThat(after.getMetadata().getLabels()).containsEntry("team", "shop");
        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getMetadata().getAnnotations())
                .isEqualTo(before.getMetadata().getAnnotations());
    }

    private static void isPatched(Pod pod, String name) {
        Container container = pod.getSpec().getContainers().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        SecurityContext context = container.getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getRunAsNonRoot()).isTrue();
        assertThat(container.getResources().getLimits()).containsKeys("memory", "cpu");
        assertThat(container.getVolumeMounts())
                .as("a place to write, and no token")
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/tmp");
        assertThat(pod.getSpec().getHostUsers()).isFalse();
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getMetadata().getAnnotations().get(PodPatch.ANNOTATION))
                .contains("spec.containers[" + name + "].securityContext.readOnlyRootFilesystem"
                        + " (read-only-root-filesystem)");
    }

    private static String pod(String name, String labels) {
        return "{apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {%s}}, spec: %s}"
                .formatted(name, labels, SPEC);
    }

    private static CommandResult create(String manifest, String... flags) {
        String[] all = new String[flags.length + 5];
        System.arraycopy(new String[] {"create", "-n", NAMESPACE, "-f", "-"}, 0, all, 0, 5);
        System.arraycopy(flags, 0, all, 5, flags.length);
        return controlPlane.kubectlWithInput(manifest, all);
    }

    private static Pod stored(String name) {
        return client().pods().inNamespace(NAMESPACE).withName(name).require();
    }

    private static KubernetesClient client() {
        return controlPlane.client();
    }
}
