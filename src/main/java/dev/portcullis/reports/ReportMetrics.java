package dev.portcullis.reports;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows what becomes of reports. */
public final class ReportMetrics {
    final Counter written;
    final Counter deleted;
    final Counter restored;
    final Counter failed;
    final AtomicInteger results = new AtomicInteger();
    final AtomicInteger omitted = new AtomicInteger();

    /** Shows it in a registry. */
    public ReportMetrics(MeterRegistry registry) {
        this.written = Counter.builder("portcullis.reports.written")
                .description("Report resources written")
                .register(registry);
        this.deleted = Counter.builder("portcullis.reports.deleted")
                .description("Report resources deleted whose workload is gone or no longer reported")
                .register(registry);
        this.restored = Counter.builder("portcullis.reports.restored")
                .description("Report resources that others edited or deleted, to be put back")
                .register(registry);
        this.failed = Counter.builder("portcullis.reports.failures")
                .description("Report resources that could not be written or deleted")
                .register(registry);
        Gauge.builder("portcullis.reports.results", results, AtomicInteger::get)
                .description("Results in all report resources")
                .register(registry);
        Gauge.builder("portcullis.reports.omitted", omitted, AtomicInteger::get)
                .description("Workloads without a report for portcullis.reports.most-results")
                .register(registry);
    }
}
