package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.Kind;
import dev.portcullis.cluster.Writing;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.reports.Form;
import dev.portcullis.reports.ReportKeeper;
import dev.portcullis.reports.ReportMetrics;
import dev.portcullis.scan.Judging;
import dev.portcullis.scan.Survey;
import dev.portcullis.workload.ImageDigests;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two who write the same reports at once, as where one has not learned yet that it leads no more. */
@ExtendWith(ControlPlaneExtension.class)
final class TwoKeepersIT {
    private static final String PLACE = LiveResources.SHOP;
    private static final String REPORTS = "reports.openreports.io";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<SimpleMeterRegistry> metrics = new ArrayList<>();
    private ControlPlane controlPlane;
    private Cluster cluster;
    private volatile PolicySet policies = PolicySet.alone("baseline", null);

    @BeforeEach
    void begin(ControlPlane running) throws Exception {
        controlPlane = running;
        Path kubeconfig = GateAccess.grant(controlPlane, List.of(PLACE));
        GateAccess.grantScan(controlPlane);
        ReportDefinitions.OPENREPORTS.install(controlPlane);
        cluster = Cluster.of(kubeconfig);
        controlPlane.awaitDefaultAccount(PLACE);
    }

    @AfterEach
    void end() {
        succeeds(controlPlane.kubectl("delete", "pod", "--all", "-n", PLACE, "--now", "--timeout=50s"));
        cluster.close();
        ReportDefinitions.OPENREPORTS.remove(controlPlane);
    }

    @Test
    void endWithWhatBothHaveFound() throws Exception {
        List<ObjectNode> pods = pods();
        try (ReportKeeper first = keeper();
                ReportKeeper second = keeper()) {
            List<Survey> surveys = List.of(survey(first), survey(second));
            for (int round = 0; round < 10; round++) {
                policies = PolicySet.alone(round % 2 == 0 ? "restricted" : "baseline", null);
                for (ObjectNode pod : pods) {
                    surveys.forEach(survey -> survey.seen(Kind.POD, pod));
                }
            }
            await().atMost(PATIENCE).until(() -> first.isIdle() && second.isIdle());
        }
        // Without its last round it would say restricted.
        for (ObjectNode pod : pods) {
            String name = "portcullis-pod-" + pod.at("/metadata/name").asString();
            JsonNode report = JsonMapper.shared()
                    .readTree(controlPlane
                            .kubectl("get", REPORTS, name, "-n", PLACE, "-o", "json", "--show-managed-fields")
                            .stdout());
            assertThat(report.path("results").size()).isEqualTo(1);
            assertThat(report.at("/results/0/rule").asString()).isEqualTo("privileged");
            assertThat(report.at("/metadata/managedFields").size()).isEqualTo(1);
        }
        assertThat(metrics)
                .hasSize(2)
                .allMatch(
                        one -> one.get("portcullis.reports.failures").counter().count() == 0);
    }

    @Test
    void anEditBetweenReadingAndWritingIsAConflictThatIsTriedAgain() throws Exception {
        ObjectNode pod = pods().getFirst();
        String name = "portcullis-pod-" + pod.at("/metadata/name").asString();
        policies = PolicySet.alone("restricted", null);
        EditedMeanwhile edits = new EditedMeanwhile(() -> succeeds(
                controlPlane.kubectl("annotate", REPORTS, name, "-n", PLACE, "--overwrite", "example.com/by=another")));
        try (KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(controlPlane.client().getConfiguration())
                        .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("edits", edits))
                        .build();
                ReportKeeper keeper = keeper(new Writing(client))) {
            Survey survey = survey(keeper);
            survey.seen(Kind.POD, pod);
            await().atMost(PATIENCE).until(keeper::isIdle);
            edits.armed.set(true);
            policies = PolicySet.alone("baseline", null);
            survey.seen(Kind.POD, pod);
            await().atMost(PATIENCE).until(keeper::isIdle);
        }

        assertThat(edits.conflicts).hasValue(1);
        JsonNode report = JsonMapper.shared()
                .readTree(controlPlane
                        .kubectl("get", REPORTS, name, "-n", PLACE, "-o", "json")
                        .stdout());
        assertThat(report.path("results").size()).isEqualTo(1);
        assertThat(report.at("/metadata/annotations/example.com~1by").asString(""))
                .isEqualTo("another");
        assertThat(metrics)
                .singleElement()
                .satisfies(one -> assertThat(
                                one.get("portcullis.reports.failures").counter().count())
                        .isZero());
    }

    /** Somebody else, who edits a report just before it is written. */
    private static final class EditedMeanwhile implements Interceptor {
        private final AtomicBoolean armed = new AtomicBoolean();
        private final AtomicInteger conflicts = new AtomicInteger();
        private final Runnable edit;

        EditedMeanwhile(Runnable edit) {
            this.edit = edit;
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.method().equals("PATCH") && armed.compareAndSet(true, false)) {
                edit.run();
            }
        }

        @Override
        public void after(
                HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            if (response.code() == 409) {
                conflicts.incrementAndGet();
            }
        }
    }

    private ReportKeeper keeper() {
        return keeper(cluster.writing());
    }

    private ReportKeeper keeper(Writing writing) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        metrics.add(registry);
        return new ReportKeeper(
                Form.OPENREPORTS, writing, 1_000, _ -> {}, InstantSource.system(), new ReportMetrics(registry));
    }

    private Survey survey(ReportKeeper keeper) {
        return new Survey(
                new Judging(() -> policies, ClusterKnowledge.NONE, ImageDigests.NONE, InstantSource.system()), keeper);
    }

    /** Real ones: a report whose owner is not there is garbage. */
    private List<ObjectNode> pods() throws Exception {
        for (String name : List.of("one", "two", "three")) {
            succeeds(controlPlane.kubectlWithInput(
                    Manifests.pod(name, Manifests.PRIVILEGED), "create", "-n", PLACE, "-f", "-"));
        }
        List<ObjectNode> pods = new ArrayList<>();
        cluster.listing().each(Kind.POD, PLACE, pods::add);
        assertThat(pods).hasSize(3);
        return pods;
    }
}
