package dev.portcullis.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet: finds the route by port, exact path and method, and turns everything else into an error as JSON. It never
 * redirects and never shows a stack trace.
 */
public final class Edge extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final String OTHER = "other";

    private final Map<Port, Map<String, List<HttpRoute>>> routes = new EnumMap<>(Port.class);
    private final HttpMetrics metrics;
    private final BooleanSupplier leaving;
    private final Measuring measuring;

    /**
     * An edge that serves these routes.
     *
     * @param leaving whether clients are to take their next request elsewhere
     * @param measuring around what is measured of each request
     */
    public Edge(Collection<HttpRoute> routes, BooleanSupplier leaving, MeterRegistry registry, Measuring measuring) {
        this.leaving = leaving;
        this.measuring = measuring;
        for (HttpRoute route : routes) {
            List<HttpRoute> ofPath = this.routes
                    .computeIfAbsent(route.port(), port -> new HashMap<>())
                    .computeIfAbsent(route.path(), path -> new ArrayList<>(1));
            if (ofPath.stream().anyMatch(other -> other.method().equals(route.method()))) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
            }
            ofPath.add(route);
        }
        this.metrics = new HttpMetrics(registry);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        long start = System.nanoTime();
        if (leaving.getAsBoolean()) {
            response.setHeader("Connection", "close");
        }
        List<HttpRoute> ofPath = find(request);
        String label = ofPath.isEmpty() ? OTHER : ofPath.getFirst().label();
        try {
            answer(ofPath, label, request, response);
            if (!ofPath.isEmpty() && ofPath.getFirst().port() != Port.MANAGEMENT) {
                long nanos = System.nanoTime() - start;
                measuring.of(request, () -> metrics.answered(label, response.getStatus(), nanos));
            }
        } catch (IOException e) {
            LOG.debug("{} {}: connection lost: {}", request.getMethod(), label, e.toString());
            metrics.aborted(label);
        }
    }

    /** The routes of one path, one for each method; none where there is no such path. */
    private List<HttpRoute> find(HttpServletRequest request) {
        Object port = request.getAttribute(Port.ATTRIBUTE);
        Map<String, List<HttpRoute>> onPort = port instanceof Port known ? routes.get(known) : null;
        return onPort == null ? List.of() : onPort.getOrDefault(request.getRequestURI(), List.of());
    }

    private void answer(List<HttpRoute> ofPath, String label, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            if (ofPath.isEmpty()) {
                throw new HttpError(404, "there is no such path on this port: README lists them under Configure");
            }
            for (HttpRoute route : ofPath) {
                if (route.accepts(request.getMethod())) {
                    route.endpoint().handle(request, response);
                    return;
                }
            }
            String allow = ofPath.stream().map(HttpRoute::allow).collect(Collectors.joining(", "));
            response.setHeader("Allow", allow);
            throw new HttpError(405, label + " takes " + allow);
        } catch (HttpError e) {
            refuse(label, request, response, e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String requestId = ErrorBody.newRequestId();
            LOG.error("request {} failed", requestId, e);
            send(label, response, new HttpError(500, "internal error: the log has it under this id"), requestId);
        }
    }

    private void refuse(String label, HttpServletRequest request, HttpServletResponse response, HttpError error)
            throws IOException {
        String requestId = ErrorBody.newRequestId();
        LOG.debug("request {}: {} {}", requestId, error.status(), error.sentence());
        if (!UnwantedBody.discard(request)) {
            response.setHeader("Connection", "close");
        }
        if (error.status() == 429) {
            response.setHeader("Retry-After", "1");
        }
        send(label, response, error, requestId);
    }

    private void send(String label, HttpServletResponse response, HttpError error, String requestId)
            throws IOException {
        metrics.error(label, error.status());
        Reply.json(response, error.status(), ErrorBody.of(error.status(), error.sentence(), requestId));
    }
}
