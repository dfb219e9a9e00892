package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * 10,000 pods of 2,000 Deployments, looked at with a heap of 256 MiB. What it prints is what docs/performance.md tells;
 * {@code -Dportcullis.large=N} makes it N Deployments.
 */
@ExtendWith(ControlPlaneExtension.class)
final class LargeClusterIT {
    private static final int DEPLOYMENTS = Integer.getInteger("portcullis.large", 2_000);
    private static final int PODS_OF_EACH = 5;
    private static final int MOST_BYTES_A_RESULT = 600;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String REPORTS = "/apis/openreports.io/v1alpha1/reports";

    private static ControlPlane controlPlane;
    private static Path kubeconfig;
    private static ManyWorkloads workloads;

    @BeforeAll
    static void make(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        GateAccess.grant(cluster, List.of());
        kubeconfig = GateAccess.console(cluster);
        ReportDefinitions.OPENREPORTS.install(cluster);
        long begun = System.nanoTime();
        workloads = ManyWorkloads.make(cluster, DEPLOYMENTS, PODS_OF_EACH);
        tell("made %,d pods in %d s"
                .formatted(DEPLOYMENTS * PODS_OF_EACH, (System.nanoTime() - begun) / 1_000_000_000));
    }

    @AfterAll
    static void clean() {
        ReportDefinitions.OPENREPORTS.remove(controlPlane);
        if (workloads != null) {
            workloads.close();
        }
    }

    @Test
    void isLookedAtWithinAHeapOf256MiBAndASecondTimeWritesNothing() {
        try (PortcullisProcess console = start()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> console.metric("portcullis_scan_pass_seconds_count") >= 1);
            tell("looked at in %.1f s".formatted(console.metric("portcullis_scan_pass_seconds_max")));
            assertThat(console.metric("portcullis_scan_workloads")).isGreaterThanOrEqualTo(DEPLOYMENTS);
            await().atMost(PATIENCE)
                    .until(() -> console.metric("portcullis_reports_written_total")
                            >= console.metric("portcullis_scan_workloads"));
            tell("judged %.0f, heap in use %.0f MiB"
                    .formatted(console.metric("portcullis_scan_judged_total"), heap(console)));
        }
        Reports before = reports();
        tell("%,d results of %d bytes on average in %,d reports"
                .formatted(
                        before.results(),
                        before.bytes() / before.results(),
                        before.versions().size()));
        assertThat(before.versions()).hasSizeGreaterThanOrEqualTo(DEPLOYMENTS);
        assertThat(before.bytes() / before.results()).isLessThanOrEqualTo(MOST_BYTES_A_RESULT);

        try (PortcullisProcess console = start()) {
            await().atMost(PATIENCE).until(() -> console.metric("portcullis_scan_pass_seconds_count") >= 1);
            tell("looked at again in %.1f s".formatted(console.metric("portcullis_scan_pass_seconds_max")));
            assertThat(console.metric("portcullis_scan_workloads")).isGreaterThanOrEqualTo(DEPLOYMENTS);
            assertThat(console.metric("portcullis_reports_written_total")).isZero();
        }
        assertThat(reports().versions()).isEqualTo(before.versions());
    }

    private static PortcullisProcess start() {
        return PortcullisProcess.startWithHeap(
                "256m",
                controlPlane.webhookHost(),
                "--kubeconfig",
                kubeconfig.toString(),
                "--portcullis.namespace=portcullis",
                "--portcullis.roles=console",
                "--portcullis.scan.enabled=true");
    }

    private static double heap(PortcullisProcess console) {
        return (console.metric("jvm_memory_used_bytes{area=\"heap\",id=\"Eden Space\"}")
                        + console.metric("jvm_memory_used_bytes{area=\"heap\",id=\"Survivor Space\"}")
                        + console.metric("jvm_memory_used_bytes{area=\"heap\",id=\"Tenured Gen\"}"))
                / (1 << 20);
    }

    /**
     * What is stored.
     *
     * @param versions by name
     * @param bytes without what tells who wrote which field
     */
    private record Reports(Map<String, String> versions, long bytes, int results) {}

    private static Reports reports() {
        Map<String, String> versions = new TreeMap<>();
        long bytes = 0;
        int results = 0;
        String next = "";
        do {
            JsonNode page =
                    JsonMapper.shared().readTree(controlPlane.client().raw(REPORTS + "?limit=200&continue=" + next));
            for (JsonNode report : page.path("items")) {
                ((ObjectNode) report.path("metadata")).remove("managedFields");
                versions.put(
                        report.at("/metadata/namespace").asString() + "/"
                                + report.at("/metadata/name").asString(),
                        report.at("/metadata/resourceVersion").asString());
                bytes += report.toString().length();
                results += report.path("results").size();
            }
            next = page.at("/metadata/continue").asString("");
        } while (!next.isEmpty());
        return new Reports(versions, bytes, results);
    }

    private static void tell(String what) {
        System.out.println("large cluster: " + what);
    }
}
