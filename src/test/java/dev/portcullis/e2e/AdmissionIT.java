package dev.portcullis.e2e;

import static dev.portcullis.e2e.Manifests.GOOD;
import static dev.portcullis.e2e.Manifests.PRIVILEGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a user of a cluster that the gate guards with its built-in default policy gets to see. */
@ExtendWith(ControlPlaneExtension.class)
final class AdmissionIT {
    private static final String PRIVILEGED_FIELD = "spec.containers[0].securityContext.privileged";
    private static final String NAMESPACE = "admission";
    private static final String OLD = "admission-old";
    private static final String FINALIZER = "portcullis.dev/e2e-hold";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ControlPlane controlPlane;
    private static PortcullisProcess portcullis;
    private static Webhooks webhooks;

    @BeforeAll
    static void guardTheCluster(ControlPlane unguarded) {
        controlPlane = unguarded;
        controlPlane.namespace(NAMESPACE, Map.of());
        controlPlane.namespace(OLD, Map.of());
        // What was there before the gate came.
        for (String manifest : List.of(
                Manifests.pod("old", PRIVILEGED),
                Manifests.pod("old-image", PRIVILEGED),
                Manifests.pod("old-resized", PRIVILEGED),
                Manifests.heldPod("old-held", FINALIZER, PRIVILEGED),
                Manifests.deployment("old-web", PRIVILEGED))) {
            assertThat(create(OLD, manifest)).satisfies(AdmissionIT::succeeded);
        }
        portcullis = PortcullisProcess.start(controlPlane.webhookHost());
        webhooks = Webhooks.register(controlPlane, portcullis);
    }

    @AfterAll
    static void openTheCluster() {
        if (webhooks != null) {
            webhooks.close();
        }
        if (portcullis != null) {
            portcullis.close();
        }
    }

    @Test
    void aBadPodIsDeniedAndKubectlShowsWhy() {
        CommandResult created = create(NAMESPACE, Manifests.pod("bad", PRIVILEGED));

        assertThat(created).satisfies(result -> denied(result, "privileged", PRIVILEGED_FIELD));
        assertThat(client().pods().inNamespace(NAMESPACE).withName("bad").get()).isNull();
    }

    @Test
    void anAddedCapabilityIsDeniedAndNotMadeInvalidByAFix() {
        CommandResult created = create(NAMESPACE, Manifests.pod("admin", Manifests.SYS_ADMIN));

        assertThat(created)
                .satisfies(result ->
                        denied(result, "capabilities-added", "spec.containers[0].securityContext.capabilities.add"));
    }

    @Test
    void aGoodPodIsCreatedWithoutAWord() {
        CommandResult created = create(NAMESPACE, Manifests.pod("good", GOOD));

        assertThat(created).satisfies(AdmissionIT::succeeded);
        assertThat(created.stderr()).isEmpty();
    }

    @Test
    void podsWithoutANameAreJudgedToo() {
        assertThat(create(NAMESPACE, Manifests.unnamedPod("bad-", PRIVILEGED)))
                .satisfies(result -> denied(result, "privileged", PRIVILEGED_FIELD));
        CommandResult good = create(NAMESPACE, Manifests.unnamedPod("good-", GOOD));

        assertThat(good).satisfies(AdmissionIT::succeeded);
        assertThat(good.stdout()).containsPattern("pod/good-\\w+ created");
    }

    @Test
    void aLongListOfFindingsIsCutAndSaysSo() {
        String containers = IntStream.range(0, 60)
                .mapToObj(i -> Manifests.container("container-with-a-long-name-" + i, PRIVILEGED))
                .collect(Collectors.joining(", "));

        CommandResult created = create(NAMESPACE, Manifests.podOf("many", containers));

        assertThat(created).satisfies(result -> denied(result, "privileged", PRIVILEGED_FIELD));
        assertThat(created.stderr()).containsPattern("and \\d+ more");
    }

    @Test
    void aDeploymentIsDeniedWithThePathOfItsTemplate() {
        assertThat(create(NAMESPACE, Manifests.deployment("bad-deployment", PRIVILEGED)))
                .satisfies(result ->
                        denied(result, "privileged", "spec.template.spec.containers[0].securityContext.privileged"));
    }

    @Test
    void aCronJobIsDeniedWithThePathOfItsTemplate() {
        assertThat(create(NAMESPACE, Manifests.cronJob("bad-cron-job", PRIVILEGED)))
                .satisfies(result -> denied(
                        result,
                        "privileged",
                        "spec.jobTemplate.spec.template.spec.containers[0].securityContext.privileged"));
        assertThat(create(NAMESPACE, Manifests.cronJob("good-cron-job", GOOD))).satisfies(AdmissionIT::succeeded);
    }

    @Test
    void aGoodDeploymentGetsItsPod() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");

        assertThat(create(NAMESPACE, Manifests.deployment("good-deployment", GOOD)))
                .satisfies(AdmissionIT::succeeded);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(podsOf("good-deployment", NAMESPACE)).hasSize(1));
    }

    @Test
    void aPodOfAControllerFromBeforeIsJudgedAgain() {
        assumeTrue(controlPlane.runsControllers(), "no kube-controller-manager");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(podsOf("old-web", OLD)).hasSize(1));

        kubectl(OLD, "delete", "pod", "-l", "app=old-web", "--wait=false");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(controlPlane.events(OLD))
                        .anySatisfy(event -> assertThat(event)
                                .contains("FailedCreate", "denied the request", "privileged", PRIVILEGED_FIELD)));
        assertThat(podsOf("old-web", OLD)).isEmpty();
    }

    @Test
    void aDebugContainerIsJudged() {
        assertThat(create(NAMESPACE, Manifests.pod("debugged", GOOD))).satisfies(AdmissionIT::succeeded);

        CommandResult bad = kubectl(
                NAMESPACE,
                "debug",
                "debugged",
                "--image=" + Manifests.IMAGE,
                "--profile=sysadmin",
                "--container=bad",
                "--attach=false");
        client().pods()
                .inNamespace(NAMESPACE)
                .withName("debugged")
                .ephemeralContainers()
                .edit(AdmissionIT::withGoodDebugContainer);

        assertThat(bad)
                .satisfies(result ->
                        denied(result, "privileged", "spec.ephemeralContainers[0].securityContext.privileged"));
        assertThat(stored("debugged").getSpec().getEphemeralContainers())
                .singleElement()
                .satisfies(container -> assertThat(container.getName()).isEqualTo("good"));
    }

    @Test
    void anOldViolatorMayBeLabelledWithAWarning() {
        CommandResult labelled = kubectl(OLD, "label", "pod", "old", "team=shop");

        assertThat(labelled).satisfies(AdmissionIT::succeeded);
        assertThat(labelled.stderr()).contains("Warning:", "privileged");
    }

    @Test
    void anOldViolatorMayNotGetANewImage() {
        assertThat(kubectl(OLD, "set", "image", "pod/old-image", "web=" + Manifests.OTHER_IMAGE))
                .satisfies(result -> denied(result, "privileged", PRIVILEGED_FIELD));
    }

    @Test
    void anOldViolatorMayBeResized() {
        // Requests too, or the API server refuses a change of the pod's quality of service.
        CommandResult resized = kubectl(
                OLD,
                "patch",
                "pod",
                "old-resized",
                "--subresource=resize",
                "--patch",
                "{\"spec\": {\"containers\": [{\"name\": \"web\", \"resources\": {\"requests\": {\"cpu\": \"200m\"}, \"limits\": {\"cpu\": \"200m\"}}}]}}");

        assertThat(resized).satisfies(AdmissionIT::succeeded);
        assertThat(resized.stderr()).contains("Warning:", "privileged");
    }

    @Test
    void anOldViolatorMayEnd() {
        assertThat(kubectl(OLD, "delete", "pod", "old-held", "--wait=false")).satisfies(AdmissionIT::succeeded);
        assertThat(client().pods().inNamespace(OLD).withName("old-held").get())
                .satisfies(pod ->
                        assertThat(pod.getMetadata().getDeletionTimestamp()).isNotNull());

        CommandResult released = kubectl(
                OLD, "patch", "pod", "old-held", "--type=merge", "--patch", "{\"metadata\": {\"finalizers\": null}}");

        assertThat(released).satisfies(AdmissionIT::succeeded);
        assertThat(client().pods().inNamespace(OLD).withName("old-held").get()).isNull();
    }

    @Test
    void aServerSideDryRunIsJudgedAndStoresNothing() {
        assertThat(apply(Manifests.pod("dry-bad", PRIVILEGED), "--dry-run=server"))
                .satisfies(result -> denied(result, "privileged", PRIVILEGED_FIELD));
        CommandResult good = apply(Manifests.pod("dry-good", GOOD), "--dry-run=server");

        assertThat(good).satisfies(AdmissionIT::succeeded);
        assertThat(good.stdout()).contains("pod/dry-good created (server dry run)");
        assertThat(client().pods().inNamespace(NAMESPACE).withName("dry-good").get())
                .isNull();
    }

    @Test
    void whatASafeFixMendsIsStoredMended() {
        assertThat(create(NAMESPACE, Manifests.fixablePod("fixable"))).satisfies(AdmissionIT::succeeded);

        String stored =
                kubectl(NAMESPACE, "get", "pod", "fixable", "-o", "json").stdout();
        Container container = stored("fixable").getSpec().getContainers().getFirst();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(stored.replaceAll("\\s", ""))
                .contains("\"seccompProfile\":{\"type\":\"RuntimeDefault\"}")
                .contains("\"runAsNonRoot\":true");
    }

    @Test
    void execIsAskedAboutAndNotInTheWay() {
        assertThat(create(NAMESPACE, Manifests.pod("entered", GOOD))).satisfies(AdmissionIT::succeeded);

        CommandResult executed = kubectl(NAMESPACE, "exec", "entered", "--", "true");

        // The pod is on no node, which the API server says only once admission has let the request pass.
        assertThat(executed.stderr()).contains("does not have a host assigned").doesNotContain("webhook");
    }

    private static void denied(CommandResult result, String check, String field) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.stderr())
                .contains("admission webhook \"" + Webhooks.VALIDATING + "\" denied the request")
                .contains(check)
                .contains(field);
    }

    private static void succeeded(CommandResult result) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }

    private static CommandResult create(String namespace, String manifest) {
        return controlPlane.kubectlWithInput(manifest, "create", "-n", namespace, "-f", "-");
    }

    private static CommandResult apply(String manifest, String flag) {
        return controlPlane.kubectlWithInput(manifest, "apply", "-n", NAMESPACE, flag, "-f", "-");
    }

    private static CommandResult kubectl(String namespace, String... command) {
        return controlPlane.kubectl(Stream.concat(Stream.of("--namespace=" + namespace), Stream.of(command))
                .toArray(String[]::new));
    }

    private static Pod withGoodDebugContainer(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .addToEphemeralContainers(new EphemeralContainerBuilder()
                        .withName("good")
                        .withImage(Manifests.IMAGE)
                        .withNewSecurityContext()
                        .withAllowPrivilegeEscalation(false)
                        .withReadOnlyRootFilesystem(true)
                        .withNewCapabilities()
                        .withDrop("ALL")
                        .endCapabilities()
                        .endSecurityContext()
                        .build())
                .endSpec()
                .build();
    }

    private static Pod stored(String name) {
        return client().pods().inNamespace(NAMESPACE).withName(name).require();
    }

    private static List<Pod> podsOf(String app, String namespace) {
        return client().pods()
                .inNamespace(namespace)
                .withLabel("app", app)
                .list()
                .getItems();
    }

    private static KubernetesClient client() {
        return controlPlane.client();
    }
}
