package dev.portcullis.app;

import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.http.Reply;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;

/** Probes and metrics. */
final class ManagementRoutes {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ApplicationAvailability availability;
    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;

    ManagementRoutes(ApplicationAvailability availability, Readiness readiness, PrometheusMeterRegistry metrics) {
        this.availability = availability;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.MANAGEMENT, "GET", "/healthz", this::healthz),
                new HttpRoute(Port.MANAGEMENT, "GET", "/readyz", this::readyz),
                new HttpRoute(Port.MANAGEMENT, "GET", "/metrics", this::metrics));
    }

    private void healthz(HttpServletRequest request, HttpServletResponse response) throws IOException {
        probe(response, availability.getLivenessState() == LivenessState.CORRECT, "broken: restart it");
    }

    /** Ready from the moment that the policies and the certificate are in use until the server begins to stop. */
    private void readyz(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean started = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        String awaited = readiness.waitingFor();
        String otherwise = started ? "not ready: waiting for " + awaited : "not ready: starting or stopping";
        probe(response, started && awaited == null, otherwise);
    }

    private static void probe(HttpServletResponse response, boolean good, String otherwise) throws IOException {
        byte[] body = ((good ? "ok" : otherwise) + "\n").getBytes(StandardCharsets.US_ASCII);
        Reply.send(response, good ? 200 : 503, "text/plain; charset=utf-8", body);
    }

    private void metrics(HttpServletRequest request, HttpServletResponse response) throws IOException {
        @Nullable String accept = request.getHeader("Accept");
        String type =
                accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS_TEXT;
        ByteArrayOutputStream page = new ByteArrayOutputStream(16 * 1024);
        metrics.scrape(page, type);
        Reply.send(response, 200, type, page.toByteArray());
    }
}
