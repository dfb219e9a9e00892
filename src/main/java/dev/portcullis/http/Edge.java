package dev.portcullis.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet: finds the route by port and exact path, and turns everything else into an error as JSON. It never
 * redirects and never shows a stack trace.
 */
public final class Edge extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final String OTHER = "other";

    /** Bytes of an unwanted body read before an error is answered, so that the client gets to read the answer. */
    private static final int UNWANTED = 256 * 1024;

    private final Map<Port, Map<String, HttpRoute>> routes = new EnumMap<>(Port.class);
    private final HttpMetrics metrics;
    private final BooleanSupplier leaving;

    /**
     * An edge that serves these routes.
     *
     * @param leaving whether clients are to take their next request elsewhere
     */
    public Edge(Collection<HttpRoute> routes, BooleanSupplier leaving, MeterRegistry registry) {
        this.leaving = leaving;
        for (HttpRoute route : routes) {
            HttpRoute other = this.routes
                    .computeIfAbsent(route.port(), port -> new HashMap<>())
                    .put(route.path(), route);
            if (other != null) {
                throw new IllegalArgumentException("two routes for " + route.path());
            }
        }
        this.metrics = new HttpMetrics(registry);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        long start = System.nanoTime();
        if (leaving.getAsBoolean()) {
            response.setHeader("Connection", "close");
        }
        HttpRoute route = find(request);
        String label = route == null ? OTHER : route.path();
        try {
            answer(route, request, response);
            if (route != null && route.port() != Port.MANAGEMENT) {
                metrics.answered(label, response.getStatus(), System.nanoTime() - start);
            }
        } catch (IOException e) {
            LOG.debug("{} {}: connection lost: {}", request.getMethod(), label, e.toString());
            metrics.aborted(label);
        }
    }

    private @Nullable HttpRoute find(HttpServletRequest request) {
        Object port = request.getAttribute(Port.ATTRIBUTE);
        Map<String, HttpRoute> onPort = port instanceof Port known ? routes.get(known) : null;
        return onPort == null ? null : onPort.get(request.getRequestURI());
    }

    private void answer(@Nullable HttpRoute route, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            if (route == null) {
                throw new HttpError(404, "there is no such path on this port: README lists them under Configure");
            }
            if (!route.accepts(request.getMethod())) {
                response.setHeader("Allow", route.allow());
                throw new HttpError(405, route.path() + " takes " + route.allow());
            }
            route.endpoint().handle(request, response);
        } catch (HttpError e) {
            refuse(route, request, response, e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String requestId = ErrorBody.newRequestId();
            LOG.error("request {} failed", requestId, e);
            send(route, response, new HttpError(500, "internal error: the log has it under this id"), requestId);
        }
    }

    private void refuse(
            @Nullable HttpRoute route, HttpServletRequest request, HttpServletResponse response, HttpError error)
            throws IOException {
        String requestId = ErrorBody.newRequestId();
        LOG.debug("request {}: {} {}", requestId, error.status(), error.sentence());
        if (!discard(request)) {
            response.setHeader("Connection", "close");
        }
        if (error.status() == 429) {
            response.setHeader("Retry-After", "1");
        }
        send(route, response, error, requestId);
    }

    private void send(@Nullable HttpRoute route, HttpServletResponse response, HttpError error, String requestId)
            throws IOException {
        metrics.error(route == null ? OTHER : route.path(), error.status());
        Reply.json(response, error.status(), ErrorBody.of(error.status(), error.sentence(), requestId));
    }

    /** True when nothing is left unread. */
    private static boolean discard(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() == 0) {
            return true;
        }
        if (request.getAttribute(BodyReader.BROKEN) != null) {
            return false;
        }
        long deadline = System.nanoTime() + 1_000_000_000L;
        InputStream in = request.getInputStream();
        byte[] scratch = new byte[8 * 1024];
        for (int left = UNWANTED; left > 0 && System.nanoTime() < deadline; ) {
            int count = in.read(scratch);
            if (count < 0) {
                return true;
            }
            left -= count;
        }
        return false;
    }
}
