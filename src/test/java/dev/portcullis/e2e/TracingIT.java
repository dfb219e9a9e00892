package dev.portcullis.e2e;

import static dev.portcullis.e2e.LiveResources.podJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.TraceReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real API server that records traces: what the gate does is part of them. */
@Timeout(240)
final class TracingIT {
    @TempDir
    private Path folder;

    @Test
    void isPartOfTheTraceOfTheApiServer() throws Exception {
        String binaries = System.getenv("KUBEBUILDER_ASSETS");
        Assumptions.assumeTrue(
                binaries != null && !binaries.isBlank(),
                "skipped: no API server that can be configured: set KUBEBUILDER_ASSETS");
        // Where it sends its own spans, by gRPC, nobody listens: its requests carry the trace all the same.
        Path configuration = Files.writeString(folder.resolve("tracing.yaml"), """
                apiVersion: apiserver.config.k8s.io/v1
                kind: TracingConfiguration
                endpoint: 127.0.0.1:1
                samplingRatePerMillion: 1000000
                """);
        try (TraceReceiver receiver = TraceReceiver.start();
                PortcullisProcess gate =
                        PortcullisProcess.start("localhost", "--portcullis.tracing.endpoint=" + receiver.endpoint());
                ControlPlane controlPlane =
                        BinaryControlPlane.start(Path.of(binaries), "--tracing-config-file=" + configuration)) {
            String namespace = controlPlane.namespace("traced", Map.of());
            try (Webhooks _ = Webhooks.register(controlPlane, gate)) {
                assertThat(controlPlane
                                .kubectlWithInput(podJson("web", true, false, ""), "create", "-n", namespace, "-f", "-")
                                .stderr())
                        .contains("denied the request");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> receiver.spans().size() >= 2);
            }
            assertThat(receiver.spans())
                    .allSatisfy(span -> assertThat(span.parent()).isNotEmpty())
                    .anySatisfy(span -> {
                        assertThat(span.name()).isEqualTo("POST /validate");
                        assertThat(span.attributes())
                                .containsEntry("portcullis.decision", "deny")
                                .containsEntry("k8s.namespace.name", namespace);
                    });
            // Both webhooks were asked for one request, whose trace this is.
            assertThat(traces(receiver, "POST /mutate")).isNotEmpty().isEqualTo(traces(receiver, "POST /validate"));
        }
    }

    private static Set<String> traces(TraceReceiver receiver, String name) {
        return receiver.spans().stream()
                .filter(span -> span.name().equals(name))
                .map(TraceReceiver.Received::trace)
                .collect(Collectors.toSet());
    }
}
