package dev.portcullis.app.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Counts the spans that are to be sent: those of them that never are had no room in the queue. */
final class EndedSpans implements SpanProcessor {
    private final Counter ended;

    EndedSpans(MeterRegistry registry) {
        ended = Counter.builder("portcullis.tracing.spans.ended")
                .description("Spans that are to be sent to a receiver")
                .register(registry);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // nothing is counted before it has ended
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled()) {
            ended.increment();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
