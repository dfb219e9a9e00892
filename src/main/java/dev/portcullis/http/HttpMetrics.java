package dev.portcullis.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times requests. Labels are bounded: {@code route} is a known path or {@code other}, {@code code} a status
 * that this program gives.
 */
final class HttpMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
        Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10)
    };

    private record Key(String route, int code) {}

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** {@code portcullis_http_requests_seconds}: one answered request. */
    void answered(String route, int code, long nanos) {
        timers.computeIfAbsent(new Key(route, code), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** {@code portcullis_http_errors_total}: one request answered with an HTTP error. */
    void error(String route, int code) {
        Counter.builder("portcullis.http.errors")
                .description("Requests answered with an HTTP error")
                .tag("route", route)
                .tag("code", Integer.toString(code))
                .register(registry)
                .increment();
    }

    /** {@code portcullis_http_aborted_total}: one connection lost before its answer. */
    void aborted(String route) {
        Counter.builder("portcullis.http.aborted")
                .description("Requests whose connection was lost before they were answered")
                .tag("route", route)
                .register(registry)
                .increment();
    }

    private Timer timer(Key key) {
        return Timer.builder("portcullis.http.requests")
                .description("Time from a request's headers to its answer")
                .tag("route", key.route())
                .tag("code", Integer.toString(key.code()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
