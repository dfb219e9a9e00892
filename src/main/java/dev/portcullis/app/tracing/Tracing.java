package dev.portcullis.app.tracing;

import dev.portcullis.http.Endpoint;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.tracer.common.SpanContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span for each admission, part of the trace that the API server tells of. Spans wait in a bounded queue and are sent by
 * another thread: a receiver that is slow or away costs spans, never time.
 */
public final class Tracing implements AutoCloseable {
    private static final int MOST_WAITING = 2_048;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LAST = Duration.ofSeconds(2);
    /** A request attribute: the context of its span. */
    private static final String SPAN = "dev.portcullis.span";

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private Tracing(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("portcullis");
    }

    /**
     * Sends spans from now on.
     *
     * @param endpoint where a receiver takes OTLP over HTTP, such as {@code http://collector:4318/v1/traces}
     * @param ratio the share of requests without a trace of their own that are begun one for, 0 to 1
     */
    public static Tracing to(URI endpoint, double ratio, MeterRegistry registry) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(PATIENCE)
                .setConnectTimeout(PATIENCE)
                .build();
        return new Tracing(SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(SERVICE, "portcullis")))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(BatchSpanProcessor.builder(new CountedSpans(exporter, registry))
                        .setMaxQueueSize(MOST_WAITING)
                        .setScheduleDelay(EVERY)
                        .setExporterTimeout(PATIENCE)
                        .build())
                .addSpanProcessor(new EndedSpans(registry))
                .build());
    }

    /** What histograms ask for the trace of what they measure. */
    public static SpanContext exemplars() {
        return new CurrentSpan();
    }

    /** Measures with the span of the request as the current one, though it has ended. */
    public void around(HttpServletRequest request, Runnable measured) {
        if (request.getAttribute(SPAN) instanceof Span span) {
            try (Scope _ = span.makeCurrent()) {
                measured.run();
            }
        } else {
            measured.run();
        }
    }

    /** The same route, with a span around each answer. */
    public HttpRoute traced(HttpRoute route) {
        return route.through(endpoint -> traced(route.path(), endpoint));
    }

    private Endpoint traced(String path, Endpoint endpoint) {
        return (request, response) -> {
            Span span = tracer.spanBuilder("POST " + path)
                    .setParent(W3CTraceContextPropagator.getInstance()
                            .extract(Context.root(), request, Headers.OF_REQUESTS))
                    .setSpanKind(SpanKind.SERVER)
                    .setAttribute(METHOD, "POST")
                    .setAttribute(ROUTE, path)
                    .startSpan();
            request.setAttribute(SPAN, span);
            try (Scope _ = span.makeCurrent()) {
                answer(endpoint, request, response, span);
            } finally {
                span.end();
            }
        };
    }

    private static void answer(Endpoint endpoint, HttpServletRequest request, HttpServletResponse response, Span span)
            throws HttpError, IOException {
        try {
            endpoint.handle(request, response);
        } catch (HttpError | IOException | RuntimeException failure) {
            span.setStatus(StatusCode.ERROR);
            throw failure;
        }
    }

    /** Sends what waits, for a moment, and then no more. */
    @Override
    public void close() {
        provider.shutdown().join(LAST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private enum Headers implements TextMapGetter<HttpServletRequest> {
        OF_REQUESTS;

        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    }
}
