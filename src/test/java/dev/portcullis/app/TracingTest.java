package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.Reviews;
import dev.portcullis.testing.TraceReceiver;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spans of admission, as a receiver gets them. */
@Timeout(60)
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private static String review() {
        return Reviews.create(Reviews.object("""
                {apiVersion: v1, kind: Pod, metadata: {name: secret-name, namespace: shop},
                spec: {containers: [{name: web, image: 'web:1', securityContext: {privileged: true},
                env: [{name: PASSWORD, value: hunter2}]}]}}
                """)).toString();
    }

    @Test
    void goesOnWithTheTraceOfTheApiServerAndTellsWhatWasDecided() throws Exception {
        try (TraceReceiver receiver = TraceReceiver.start();
                RunningServer server = RunningServer.deciding("portcullis.tracing.endpoint=" + receiver.endpoint())) {
            String answer = server.send(server.json("/validate", review())
                            .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01"))
                    .body();
            server.send(server.json("/mutate", review()).header("traceparent", "00-" + TRACE + "-" + PARENT + "-00"));
            server.send(server.json("/validate", "{}").header("traceparent", "00-" + TRACE + "-" + PARENT + "-01"));

            await().atMost(Duration.ofSeconds(20)).until(() -> receiver.spans().size() >= 2);
            assertThat(receiver.spans())
                    .as("not what the API server does not record")
                    .hasSize(2);
            TraceReceiver.Received judged = receiver.spans().getFirst();
            assertThat(judged.trace()).isEqualTo(TRACE);
            assertThat(judged.parent()).isEqualTo(PARENT);
            assertThat(judged.name()).isEqualTo("POST /validate");
            assertThat(judged.attributes())
                    .containsEntry("http.route", "/validate")
                    .containsEntry("portcullis.operation", "CREATE")
                    .containsEntry("portcullis.kind", "Pod")
                    .containsEntry("portcullis.decision", "deny")
                    .containsEntry("k8s.namespace.name", "shop");
            assertThat(answer).contains(judged.attributes().get("portcullis.policy.version"));
            assertThat(judged.toString()).doesNotContain("hunter2", "PASSWORD", "secret-name");
            assertThat(receiver.spans().getLast().attributes()).doesNotContainKey("portcullis.decision");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.metric("portcullis_tracing_spans_exported_total{result=\"sent\"}") == 2);
            assertThat(server.metric("portcullis_tracing_spans_ended_total")).isEqualTo(2);
        }
    }

    @Test
    void histogramsNameATraceThatTookSoLong() throws Exception {
        try (TraceReceiver receiver = TraceReceiver.start();
                RunningServer server = RunningServer.deciding("portcullis.tracing.endpoint=" + receiver.endpoint())) {
            server.send(server.json("/mutate", review()).header("traceparent", "00-" + TRACE + "-" + PARENT + "-00"));
            server.send(server.json("/validate", review()).header("traceparent", "00-" + TRACE + "-" + PARENT + "-01"));

            String metrics = server.send(HttpRequest.newBuilder(server.management("/metrics"))
                            .header("Accept", "application/openmetrics-text"))
                    .body();

            assertThat(metrics.lines()
                            .filter(line -> line.startsWith("portcullis_http_requests_seconds_bucket"))
                            .filter(line -> line.contains("trace_id=\"" + TRACE + "\"")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("route=\"/validate\""));
            assertThat(server.get(server.management("/metrics")).body()).doesNotContain(TRACE);
        }
    }

    @Test
    void beginsTracesOfItsOwnInTheShareThatIsAskedFor() throws Exception {
        try (TraceReceiver receiver = TraceReceiver.start()) {
            for (String ratio : new String[] {"0", "1"}) {
                try (RunningServer server = RunningServer.deciding(
                        "portcullis.tracing.endpoint=" + receiver.endpoint(), "portcullis.tracing.ratio=" + ratio)) {
                    server.post("/validate", review());
                }
                // What waits is sent when the server ends.
                assertThat(receiver.spans())
                        .hasSize(ratio.equals("0") ? 0 : 1)
                        .allMatch(span -> span.parent().isEmpty());
            }
        }
    }

    @Test
    void neverDelaysADecisionForAReceiverThatDoesNotAnswer() throws Exception {
        try (TraceReceiver receiver = TraceReceiver.startSilent();
                RunningServer server = RunningServer.deciding(
                        "portcullis.tracing.endpoint=" + receiver.endpoint(), "portcullis.tracing.ratio=1")) {
            server.post("/validate", review());
            await().atMost(Duration.ofSeconds(20)).until(() -> !receiver.spans().isEmpty());
            long start = System.nanoTime();
            // More than may wait.
            for (int i = 0; i < 2_500; i++) {
                assertThat(server.post("/validate", review()).statusCode()).isEqualTo(200);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
        }
    }
}
